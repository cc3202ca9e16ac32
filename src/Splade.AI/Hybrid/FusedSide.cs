namespace Splade.AI.Hybrid;

/// <summary>Describes what one ranking brought to a hit's fused score. Immutable.</summary>
public sealed record FusedSide
{
    /// <summary>Gets the ranking: the name of the vector, for example <c>sparse</c> or <c>dense</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Gets what the vector is.</summary>
    public VectorKind Kind { get; init; }

    /// <summary>Gets the hit's rank and score there; null if the ranking does not have it.</summary>
    public RankedScore? Place { get; init; }

    /// <summary>Gets the hit's score by that ranking's measure, also where the ranking does not have it; null if it is not known.</summary>
    public float? Score { get; init; }

    /// <summary>Gets what the ranking brought to the fused score, 0 if it knows nothing of the hit. Over all sides these add up to the score.</summary>
    public required double Contribution { get; init; }

    /// <summary>Gets what part of the fused score the ranking brought, from 0 to 1 where no ranking brought less than nothing; 0 where the score is 0.</summary>
    public double Share { get; init; }

    /// <summary>Gets how the contribution was computed, for example <c>1 / (60 + 2)</c>; null if it brought nothing, or is the only one.</summary>
    public string? Arithmetic { get; init; }
}
