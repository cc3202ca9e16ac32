using System.Diagnostics.CodeAnalysis;
using Microsoft.SemanticKernel.Data;
using Splade.AI.Hybrid;

namespace Splade.SemanticKernel.TextSearch;

/// <summary>
/// Represents the texts of a <see cref="HybridRetriever"/> as a text search of Semantic Kernel: sparse, dense or hybrid, with filters and citations.
/// </summary>
/// <remarks>
/// <para>
/// Safe for concurrent use if the mapping is. It does not own the retriever. Queries are encoded as queries, the stored texts were encoded as
/// documents. It is an <see cref="ITextSearch{TRecord}"/> and, since plugins and providers take no other, the older <c>ITextSearch</c> too.
/// </para>
/// <para>
/// The search itself is done when a method's task completes; reading the results cannot fail. A filter looks at the ranked records one after
/// another, as deep as it takes to fill the page: exact, and slow where next to nothing passes. <see cref="SpladeTextSearchOptions.Filter"/>, the same for all
/// calls, is part of the search itself.
/// </para>
/// <para>
/// The total count is that of all records that the query finds, in <see cref="SearchMode.Sparse"/> those that share a term with it. It takes the
/// whole ranking, so ask for it only where it is shown.
/// </para>
/// </remarks>
/// <typeparam name="TRecord">What a found text is to the application.</typeparam>
[Experimental("SKEXP0001", UrlFormat = "https://aka.ms/semantic-kernel-experimental")]
public sealed partial class SpladeTextSearch<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TRecord> : ITextSearch<TRecord>
    where TRecord : class
{
    private readonly TextFinder<TRecord> _finder;
    private readonly TextMapper<TRecord> _mapper;

    /// <summary>Initializes a new instance of the <see cref="SpladeTextSearch{TRecord}"/> class.</summary>
    /// <param name="retriever">What is searched.</param>
    /// <param name="map">Makes a record of a hit.</param>
    /// <param name="options">How is searched and cited; null for the defaults.</param>
    public SpladeTextSearch(HybridRetriever retriever, Func<HybridHit, TRecord> map, SpladeTextSearchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(retriever);
        ArgumentNullException.ThrowIfNull(map);
        SpladeTextSearchOptions own = options?.Clone() ?? new SpladeTextSearchOptions();
        _finder = new TextFinder<TRecord>(retriever, map, own);
        _mapper = new TextMapper<TRecord>(own);
    }

    /// <summary>Finds the texts for a query, the best first.</summary>
    /// <param name="query">The query. A blank one finds nothing.</param>
    /// <param name="searchOptions">How many, from where on, and which; null for the first five.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    /// <exception cref="ArgumentOutOfRangeException"><c>Top</c> is below 1 or <c>Skip</c> negative.</exception>
    public async Task<KernelSearchResults<string>> SearchAsync(
        string query, TextSearchOptions<TRecord>? searchOptions = null, CancellationToken cancellationToken = default) =>
        (await FindAsync(query, searchOptions, cancellationToken).ConfigureAwait(false)).ToResults(_mapper.ToText);

    /// <summary>Finds the texts for a query with their names and links, for citations.</summary>
    /// <inheritdoc cref="SearchAsync(string, TextSearchOptions{TRecord}?, CancellationToken)"/>
    public async Task<KernelSearchResults<TextSearchResult>> GetTextSearchResultsAsync(
        string query, TextSearchOptions<TRecord>? searchOptions = null, CancellationToken cancellationToken = default) =>
        (await FindAsync(query, searchOptions, cancellationToken).ConfigureAwait(false)).ToResults(_mapper.ToResult);

    /// <summary>Finds the records for a query.</summary>
    /// <inheritdoc cref="SearchAsync(string, TextSearchOptions{TRecord}?, CancellationToken)"/>
    public async Task<KernelSearchResults<TRecord>> GetSearchResultsAsync(
        string query, TextSearchOptions<TRecord>? searchOptions = null, CancellationToken cancellationToken = default) =>
        (await FindAsync(query, searchOptions, cancellationToken).ConfigureAwait(false)).ToResults(found => found.Record);

    private Task<FoundTexts<TRecord>> FindAsync(string query, TextSearchOptions<TRecord>? options, CancellationToken cancellationToken)
    {
        options ??= new TextSearchOptions<TRecord>();
        Func<TRecord, bool>? filter = options.Filter?.Compile();
        var page = new ResultPage(options.Top, options.Skip, options.IncludeTotalCount);
        return _finder.FindAsync(query, page, filter is null ? null : found => filter(found.Record), cancellationToken);
    }
}
