using System.Runtime.CompilerServices;
using Microsoft.Extensions.VectorData;
using Splade.AI;
using Splade.AI.Explanation;

namespace Splade.SemanticKernel;

/// <summary>
/// Provides SPLADE's expansion of queries for every vector store that searches by keywords beside vectors (<see cref="IKeywordHybridSearchable{TRecord}"/>):
/// the store stays as it is, and its keyword side is asked for related words too.
/// </summary>
public static class SpladeKeywordExtensions
{
    /// <summary>Expands a query into keywords: those of its words that matter, and the heaviest related ones, the heaviest first.</summary>
    /// <param name="engine">The model. Inference-free ones add nothing to queries.</param>
    /// <param name="query">The query.</param>
    /// <param name="options">Which words are added; null for the defaults.</param>
    /// <param name="cancellationToken">Observed before and within the run of the model.</param>
    /// <returns>The words, each once in whatever case; those of the query as it writes them; none of a blank query.</returns>
    public static async Task<ICollection<string>> ExpandToKeywordsAsync(
        this SpladeEngine engine, string query, KeywordExpansionOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(query);
        if (string.IsNullOrWhiteSpace(query))
        {
            // The model would make keywords of the tokens around a text.
            cancellationToken.ThrowIfCancellationRequested();
            return [];
        }

        KeywordExpansion expansion = await engine.ExpandKeywordsAsync(query, options, cancellationToken).ConfigureAwait(false);
        return [.. expansion.Keywords.Select(k => k.Text)];
    }

    /// <summary>
    /// Creates a function that does the same, for <c>TextSearchStoreOptions.WordSegementer</c> of Semantic Kernel: its hybrid search then asks the store for related
    /// words too.
    /// </summary>
    /// <param name="engine">The model. It must live as long as the function is used.</param>
    /// <param name="options">Which words are added; null for the defaults.</param>
    /// <returns>A function that is safe for concurrent use. The kernel gives it no way to wait, so the calling thread is blocked while the model runs.</returns>
    public static Func<string, ICollection<string>> CreateWordSegmenter(this SpladeEngine engine, KeywordExpansionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(engine);
        return query => Task.Run(() => engine.ExpandToKeywordsAsync(query, options)).GetAwaiter().GetResult();
    }

    /// <summary>Searches a store by vectors and by the keywords that a query is expanded into.</summary>
    /// <typeparam name="TRecord">The records of the store.</typeparam>
    /// <param name="store">The store: a collection of any connector that searches by keywords.</param>
    /// <param name="engine">The model.</param>
    /// <param name="query">The query, which the store also makes its dense vector of.</param>
    /// <param name="top">How many records at most.</param>
    /// <param name="options">The options of the search; null for their defaults.</param>
    /// <param name="expansion">Which words are added; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    /// <returns>What the store finds.</returns>
    public static IAsyncEnumerable<VectorSearchResult<TRecord>> ExpandedHybridSearchAsync<TRecord>(
        this IKeywordHybridSearchable<TRecord> store,
        SpladeEngine engine,
        string query,
        int top,
        HybridSearchOptions<TRecord>? options = null,
        KeywordExpansionOptions? expansion = null,
        CancellationToken cancellationToken = default)
        where TRecord : class
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(query);
        return SearchAsync(store, engine, query, top, options, expansion, cancellationToken);
    }

    private static async IAsyncEnumerable<VectorSearchResult<TRecord>> SearchAsync<TRecord>(
        IKeywordHybridSearchable<TRecord> store,
        SpladeEngine engine,
        string query,
        int top,
        HybridSearchOptions<TRecord>? options,
        KeywordExpansionOptions? expansion,
        [EnumeratorCancellation] CancellationToken cancellationToken)
        where TRecord : class
    {
        ICollection<string> keywords = await engine.ExpandToKeywordsAsync(query, expansion, cancellationToken).ConfigureAwait(false);
        IAsyncEnumerable<VectorSearchResult<TRecord>> found = store.HybridSearchAsync(query, keywords, top, options, cancellationToken);
        await foreach (VectorSearchResult<TRecord> result in found.ConfigureAwait(false))
        {
            yield return result;
        }
    }
}
