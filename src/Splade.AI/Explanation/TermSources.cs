namespace Splade.AI.Explanation;

/// <summary>The tokens that gave the terms of a vector their weights, as far as they are known.</summary>
internal sealed record TermSources
{
    /// <summary>Nobody asked for them.</summary>
    public static TermSources None { get; } = new();

    /// <summary>The tokens of each term that has any, the largest activation first; null if they are not known.</summary>
    public IReadOnlyDictionary<int, TermSource[]>? ByTerm { get; init; }

    /// <summary>Why they are not known though somebody asked, as a sentence.</summary>
    public string? Obstacle { get; init; }

    public ReadOnlySpan<TermSource> Of(int term) => ByTerm is not null && ByTerm.TryGetValue(term, out TermSource[]? sources) ? sources : [];
}
