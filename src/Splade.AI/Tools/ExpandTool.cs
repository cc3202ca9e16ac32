using Splade.AI.Explanation;

namespace Splade.AI.Tools;

/// <summary>Expands a query into words to search with.</summary>
internal static class ExpandTool
{
    private static readonly ToolParameter<ToolText> Query = ToolParameters.Text("query", "The search query.");

    private static readonly ToolParameter<int> Top =
        ToolParameters.Top("How many related words to add, the heaviest first.", _ => ToolDefaults.AddedKeywords);

    public static Tool Definition { get; } = new(
        "splade_expand",
        "Turns a search query into weighted keywords: its own words that matter, and related words that a document may use instead. "
            + "Use it to search with an engine that finds exact words only.",
        [Query, Top],
        RunAsync)
    {
        Expands = true,
    };

    private static async Task<ToolResult> RunAsync(ToolCall call)
    {
        ToolText query = Query.Read(call);
        var options = new KeywordExpansionOptions { MaxAdded = Top.Read(call) };
        var engine = (SpladeEngine)await call.GetEncoderAsync().ConfigureAwait(false);
        KeywordExpansion expanded = await engine.ExpandKeywordsAsync(query.Text, options, call.CancellationToken).ConfigureAwait(false);
        bool truncated = query.IsCut || expanded.Truncated;
        return new ExpandResult
        {
            Keywords = [.. expanded.Keywords.Select(k => new ToolTerm
            {
                Term = UntrustedText.Clean(k.Text),
                Weight = ToolTerms.Round(k.Weight),
                Literal = k.Origin == TermOrigin.Literal,
            })],
            Added = expanded.Keywords.Count(k => k.Origin != TermOrigin.Literal),
            QueryTruncated = truncated,
            Note = truncated ? ToolNotes.EndNotRead : null,
        };
    }
}

/// <summary>What <c>splade_expand</c> returns.</summary>
internal sealed record ExpandResult : ToolResult
{
    /// <summary>The words to search with, the heaviest first: those of the query, and as many added ones as were asked for.</summary>
    public IReadOnlyList<ToolTerm>? Keywords { get; init; }

    /// <summary>How many of the <see cref="Keywords"/> the model added.</summary>
    public int? Added { get; init; }

    /// <summary>Whether the query's end was not read.</summary>
    public bool? QueryTruncated { get; init; }
}
