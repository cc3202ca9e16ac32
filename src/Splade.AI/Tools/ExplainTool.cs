using Splade.AI.Explanation;

namespace Splade.AI.Tools;

/// <summary>Scores a document for a query and tells why.</summary>
internal static class ExplainTool
{
    private static readonly ToolParameter<ToolText> Query = ToolParameters.Text("query", "The search query.");

    private static readonly ToolParameter<ToolText> Document = ToolParameters.Text("document", "The text of the document.");

    private static readonly ToolParameter<int> Top =
        ToolParameters.Top("How many terms to list, the largest contribution first.", options => options.DefaultTerms);

    public static Tool Definition { get; } = new(
        "splade_explain",
        "Explains why a document matches a search query, or does not: the terms both share, what each contributes to the score, and the "
            + "terms of the query that the document lacks. A match without any 'literal' term rests on related words only.",
        [Query, Document, Top],
        RunAsync);

    private static async Task<ToolResult> RunAsync(ToolCall call)
    {
        ToolText query = Query.Read(call), document = Document.Read(call);
        var options = new ExplanationOptions { Spans = false, Top = Top.Read(call) };
        ISparseExplainer encoder = await call.GetEncoderAsync().ConfigureAwait(false);
        MatchExplanation match = await encoder.ExplainMatchAsync(query.Text, document.Text, idf: null, options, call.CancellationToken).ConfigureAwait(false);
        bool queryTruncated = query.IsCut || match.Query!.Truncated, documentTruncated = document.IsCut || match.Document!.Truncated;
        return new ExplainResult
        {
            Score = ToolTerms.Round(match.Score),
            Matches = ToolTerms.Tell(match),
            TotalMatches = match.TermCount,
            UnmatchedQueryTerms = ToolTerms.Tell(match.UnmatchedTerms, match.Query!),
            TotalUnmatched = match.UnmatchedCount,
            ExpansionShare = match.ExpansionShare is double share ? ToolTerms.Round(share) : null,
            Warning = match.Warning,
            QueryTruncated = queryTruncated,
            DocumentTruncated = documentTruncated,
            Note = queryTruncated || documentTruncated ? ToolNotes.EndNotRead : null,
        };
    }
}

/// <summary>What <c>splade_explain</c> returns.</summary>
internal sealed record ExplainResult : ToolResult
{
    /// <summary>The score of the document for the query.</summary>
    public double? Score { get; init; }

    /// <summary>The terms that both have, the largest contribution first: as many as were asked for.</summary>
    public IReadOnlyList<ToolMatch>? Matches { get; init; }

    /// <summary>How many terms both have, whether they are listed or not.</summary>
    public int? TotalMatches { get; init; }

    /// <summary>The terms of the query that the document has no weight for, the heaviest first: as many as were asked for.</summary>
    public IReadOnlyList<ToolTerm>? UnmatchedQueryTerms { get; init; }

    /// <summary>How many terms of the query the document has no weight for, whether they are listed or not.</summary>
    public int? TotalUnmatched { get; init; }

    /// <summary>The share of the score that rests on terms which do not stand in both texts, from 0 to 1; null for a score of 0.</summary>
    public double? ExpansionShare { get; init; }

    /// <summary>That nothing matched, or that the whole score rests on expansion, as a sentence; null otherwise.</summary>
    public string? Warning { get; init; }

    /// <summary>Whether the query's end was not read.</summary>
    public bool? QueryTruncated { get; init; }

    /// <summary>Whether the document's end was not read.</summary>
    public bool? DocumentTruncated { get; init; }
}
