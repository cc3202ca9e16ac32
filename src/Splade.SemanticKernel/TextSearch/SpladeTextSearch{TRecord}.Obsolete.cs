using Microsoft.SemanticKernel.Data;

// The helpers that make plugins of a search, and TextSearchProvider, take the older interface only.
#pragma warning disable CS0618

namespace Splade.SemanticKernel.TextSearch;

/// <content>The older interface, whose filters name fields: properties of the record, or else keys of the metadata.</content>
public sealed partial class SpladeTextSearch<TRecord> : ITextSearch
{
    async Task<KernelSearchResults<string>> ITextSearch.SearchAsync(
        string query, TextSearchOptions? searchOptions, CancellationToken cancellationToken) =>
        (await FindAsync(query, searchOptions, cancellationToken).ConfigureAwait(false)).ToResults(_mapper.ToText);

    async Task<KernelSearchResults<TextSearchResult>> ITextSearch.GetTextSearchResultsAsync(
        string query, TextSearchOptions? searchOptions, CancellationToken cancellationToken) =>
        (await FindAsync(query, searchOptions, cancellationToken).ConfigureAwait(false)).ToResults(_mapper.ToResult);

    async Task<KernelSearchResults<object>> ITextSearch.GetSearchResultsAsync(
        string query, TextSearchOptions? searchOptions, CancellationToken cancellationToken) =>
        (await FindAsync(query, searchOptions, cancellationToken).ConfigureAwait(false)).ToResults<object>(found => found.Record);

    private Task<FoundTexts<TRecord>> FindAsync(string query, TextSearchOptions? options, CancellationToken cancellationToken)
    {
        options ??= new TextSearchOptions();
        var page = new ResultPage(options.Top, options.Skip, options.IncludeTotalCount);
        return _finder.FindAsync(query, page, FieldFilter<TRecord>.Of(options.Filter), cancellationToken);
    }
}
