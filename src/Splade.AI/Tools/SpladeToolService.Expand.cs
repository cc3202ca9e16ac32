using System.ComponentModel;
using Splade.AI.Explanation;

namespace Splade.AI.Tools;

/// <content>Queries as words.</content>
public sealed partial class SpladeToolService
{
    /// <summary>Expands a query into words to search with.</summary>
    /// <param name="query">The query.</param>
    /// <param name="top">How many words are added, from 1 to <see cref="SpladeAIToolsOptions.MaxTop"/>: others are moved there. Null for the default.</param>
    /// <param name="cancellationToken">Observed before and within the run of the model.</param>
    [Description(SpladeToolDescriptions.ExpandQuery)]
    public Task<SpladeExpandResult> ExpandQueryAsync(
        [Description(SpladeToolDescriptions.Query)] string query,
        [Description(SpladeToolDescriptions.AddedWords)] int? top = null,
        CancellationToken cancellationToken = default) => RunAsync(ToolNames.ExpandQuery, async () =>
    {
        ToolText asked = ReadText(query, "query");
        var options = new KeywordExpansionOptions { MaxAdded = ToolInput.Top(top, ToolDefaults.AddedKeywords, _options.MaxTop) };
        SpladeEngine engine = await _getEngine(cancellationToken).ConfigureAwait(false);
        KeywordExpansion expanded = await engine.ExpandKeywordsAsync(asked.Text, options, cancellationToken).ConfigureAwait(false);
        bool truncated = asked.IsCut || expanded.Truncated;
        return new SpladeExpandResult
        {
            Keywords = [.. expanded.Keywords.Select(k => new ToolTerm
            {
                Term = UntrustedText.Clean(k.Text),
                Weight = ToolTerms.Round(k.Weight),
                Literal = k.Origin == TermOrigin.Literal,
            })],
            Added = expanded.Keywords.Count(k => k.Origin != TermOrigin.Literal),
            QueryTruncated = truncated,
            Note = truncated ? EndNotRead : null,
        };
    }, cancellationToken);
}
