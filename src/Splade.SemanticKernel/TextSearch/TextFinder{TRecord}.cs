using System.Diagnostics.CodeAnalysis;
using Splade.AI.Hybrid;

namespace Splade.SemanticKernel.TextSearch;

/// <summary>Reads a ranking as deep as a page needs, with the query encoded once and each hit mapped once.</summary>
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

        EncodedQuery encoded = await retriever.EncodeQueryAsync(query, options.Mode, cancellationToken).ConfigureAwait(false);
        var found = new List<FoundText<TRecord>>();
        var seen = new HashSet<string>(StringComparer.Ordinal);

        // Every page begins with the same look, of which only the beginning is read where that is enough. What a deeper look finds comes behind it,
        // so that a text has one place whatever page is asked for.
        int reranked = options.RerankCandidates;
        int depth = Math.Max(options.Candidates, page.Top), top = filter is null && !page.Count ? Math.Min(page.End, depth) : depth;
        while (true)
        {
            IReadOnlyList<HybridHit> hits = await retriever.SearchAsync(encoded, Retrieval(top, depth, reranked), cancellationToken).ConfigureAwait(false);
            IEnumerable<HybridHit> news = hits.Where(hit => seen.Add(hit.Record.Id));
            found.AddRange(news.Select(hit => new FoundText<TRecord>(hit, Map(hit))).Where(f => filter?.Invoke(f) ?? true));
            bool isWhole = hits.Count < top || top == int.MaxValue;
            if (isWhole || (found.Count >= page.End && !page.Count))
            {
                return new FoundTexts<TRecord>(
                    [.. found.Skip(page.Skip).Take(page.Top)], page.Count ? found.Count : null, encoded.IsTruncated);
            }

            // Those are behind what was reranked, in the order of the search.
            reranked = 0;
            top = depth = (int)Math.Min(int.MaxValue, (long)depth * Growth);
        }
    }

    private HybridRetrievalOptions Retrieval(int top, int depth, int reranked) => new()
    {
        Top = top,
        Candidates = depth,
        RerankCandidates = reranked,
        Fusion = options.Fusion,
        Filter = options.Filter,
    };

    private TRecord Map(HybridHit hit) => map(hit) ?? throw new InvalidOperationException(
        $"The mapping made null of the hit '{hit.Record.Id}', expected a {typeof(TRecord)}. Leave hits out with a filter instead.");
}
