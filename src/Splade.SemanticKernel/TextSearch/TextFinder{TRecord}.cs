using System.Diagnostics.CodeAnalysis;
using Splade.AI.Hybrid;

namespace Splade.SemanticKernel.TextSearch;

/// <summary>Reads a ranking as deep as a page needs.</summary>
[Experimental("SKEXP0001")]
internal sealed class TextFinder<TRecord>(HybridRetriever retriever, Func<HybridHit, TRecord> map, SpladeTextSearchOptions options)
    where TRecord : class
{
    /// <summary>How much deeper each further look into the ranking goes.</summary>
    private const int Growth = 4;

    public async Task<FoundTexts<TRecord>> FindAsync(
        string query, ResultPage page, Func<FoundText<TRecord>, bool>? filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        cancellationToken.ThrowIfCancellationRequested();
        if (string.IsNullOrWhiteSpace(query))
        {
            return new FoundTexts<TRecord>([], page.Count ? 0 : null, QueryTruncated: false);
        }

        // The first look is deep enough for any page that is usual, and no deeper where each record counts.
        int depth = filter is null && !page.Count ? Math.Min(page.End, options.Depth) : options.Depth;
        while (true)
        {
            HybridSearchResult result = await retriever.SearchAsync(query, Retrieval(depth), cancellationToken).ConfigureAwait(false);
            List<FoundText<TRecord>> found = [.. result.Hits.Select(hit => new FoundText<TRecord>(hit, Map(hit))).Where(f => filter?.Invoke(f) ?? true)];
            bool isWhole = result.Hits.Count < depth || depth == int.MaxValue;
            if (isWhole || (found.Count >= page.End && !page.Count))
            {
                return new FoundTexts<TRecord>(
                    [.. found.Skip(page.Skip).Take(page.Top)], page.Count ? found.Count : null, result.QueryTruncated);
            }

            depth = (int)Math.Min(int.MaxValue, (long)depth * Growth);
        }
    }

    private HybridRetrievalOptions Retrieval(int depth) => new()
    {
        Mode = options.Mode,
        Top = depth,
        Depth = Math.Max(options.Depth, depth),
        Fusion = options.Fusion,
        Filter = options.Filter,
    };

    private TRecord Map(HybridHit hit) => map(hit) ?? throw new InvalidOperationException(
        $"The mapping made null of the hit '{hit.Record.Id}', expected a {typeof(TRecord)}. Leave hits out with a filter instead.");
}
