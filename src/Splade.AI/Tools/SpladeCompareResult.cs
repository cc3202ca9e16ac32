namespace Splade.AI.Tools;

/// <summary>What <c>splade_compare</c> returns. Immutable.</summary>
public sealed record SpladeCompareResult : SpladeToolResult
{
    /// <summary>The texts, the best first: as many as were asked for.</summary>
    public IReadOnlyList<ComparedText>? Ranking { get; init; }

    /// <summary>How many texts were compared, whether they are listed or not.</summary>
    public int? Compared { get; init; }

    /// <summary>Whether the query's end was not read.</summary>
    public bool? QueryTruncated { get; init; }
}
