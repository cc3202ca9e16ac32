namespace Splade.AI.Hybrid;

/// <summary>Describes why a hit has its place in a result: what each ranking said of it, and how that became one score. Immutable.</summary>
/// <remarks>The same for every way of fusing: each side brings a contribution, and these add up to the score.</remarks>
public sealed record FusionExplanation
{
    /// <summary>Gets how the rankings were fused, for example <c>reciprocal rank fusion (k = 60)</c>; null if there was only one.</summary>
    public string? Method { get; init; }

    /// <summary>Gets the hit's place in the result, from 1.</summary>
    public required int Rank { get; init; }

    /// <summary>Gets the score that gave it that place.</summary>
    public required float Score { get; init; }

    /// <summary>Gets the rankings that were searched, in the order of the fusion.</summary>
    public required IReadOnlyList<FusedSide> Sides { get; init; }

    /// <summary>Gets the same as one sentence in English, with numbers of the invariant culture.</summary>
    public string Sentence => FusionSentence.Of(this);
}
