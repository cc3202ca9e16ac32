namespace Splade.AI.Architectures.Tables;

/// <summary>Multi-head self-attention.</summary>
/// <param name="Projections">Query, key and value; or one layer whose rows are those of the three, one after the other.</param>
/// <param name="Output">What the heads' numbers go through.</param>
/// <param name="Heads">How many heads there are.</param>
internal sealed record SelfAttention(IReadOnlyList<DenseLayer> Projections, DenseLayer Output, int Heads)
{
    /// <summary>How query and key are turned; null where positions are in the embeddings.</summary>
    public RotaryAngles? Rotary { get; init; }

    /// <summary>How far to each side a token looks; null for the whole text.</summary>
    public int? Window { get; init; }
}
