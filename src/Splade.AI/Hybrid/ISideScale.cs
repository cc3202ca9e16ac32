namespace Splade.AI.Hybrid;

/// <summary>What one side of a hybrid search brings to a fused score, and how. Implementations are immutable.</summary>
internal interface ISideScale
{
    double Contribution(SideScore score);

    /// <summary>The contribution as arithmetic; null if there is nothing to compute.</summary>
    string? Arithmetic(SideScore score);
}
