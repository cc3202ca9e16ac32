namespace Splade.AI.Hybrid;

/// <summary>How a store fuses the sides of a query, and how it scores on one side what only the other returned.</summary>
/// <param name="Fusion">The fusion.</param>
/// <param name="Sparse">The sparse score of a record; null if it is not known.</param>
/// <param name="Dense">The dense score of a record; null if it is not known.</param>
internal sealed record HybridScoring(HybridFusion Fusion, Func<string, float?>? Sparse, Func<string, float?>? Dense)
{
    public static HybridScoring Default { get; } = new(HybridFusion.Default, Sparse: null, Dense: null);
}
