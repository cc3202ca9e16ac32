namespace Splade.AI.Hybrid;

/// <summary>Represents a vector that a query asks with, under the name of the vectors that it is compared with. Immutable.</summary>
/// <param name="Name">The name of the vectors.</param>
/// <param name="Vector">The vector. A sparse one without entries finds nothing by itself and leaves the ranking to the other legs.</param>
public sealed record HybridQueryLeg(string Name, HybridVector Vector)
{
    /// <summary>Gets how much the leg counts in the fusion, times what <see cref="HybridFusion"/> says of its kind.</summary>
    /// <value>Finite and at least 0; one of weight 0 gives no candidates. The default is 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is outside of its range.</exception>
    public float Weight
    {
        get;
        init => field = RankingWeights.Require(value, nameof(Weight));
    } = 1;
}
