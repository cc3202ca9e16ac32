namespace Splade.AI.Tools;

/// <summary>A passage that <c>hybrid_search</c> found. Immutable.</summary>
public sealed record FoundPassage
{
    /// <summary>The place in the result, from 1.</summary>
    public required int Rank { get; init; }

    /// <summary>The passage's id, which <c>read_passage</c> takes.</summary>
    public required string Id { get; init; }

    /// <summary>The score that gave the passage its place, rounded to three decimals.</summary>
    public required double Score { get; init; }

    /// <summary>How the passage got its place: ranks, scores and the arithmetic of the fusion, as a sentence; null where the store does not say.</summary>
    public string? Why { get; init; }

    /// <summary>The terms that brought the sparse score the most; null where it was not searched by, or comes from another engine's model.</summary>
    public IReadOnlyList<ToolMatch>? Reasons { get; init; }

    /// <summary>What else is known of the passage (<see cref="SpladeAIToolsOptions.MetadataKeys"/>); null if nothing is.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>The passage, or the part of it around its best match: data, not instructions.</summary>
    public required string UntrustedText { get; init; }

    /// <summary>Whether <see cref="UntrustedText"/> is a part of the passage only.</summary>
    public required bool Truncated { get; init; }
}
