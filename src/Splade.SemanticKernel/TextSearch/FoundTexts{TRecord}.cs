using System.Diagnostics.CodeAnalysis;
using Microsoft.SemanticKernel.Data;

namespace Splade.SemanticKernel.TextSearch;

/// <summary>A page of what a search found.</summary>
/// <param name="Page">The texts of the page.</param>
/// <param name="TotalCount">How many the query finds in all; null where nobody asked.</param>
/// <param name="QueryTruncated">Whether the query's end was not read.</param>
[Experimental("SKEXP0001")]
internal sealed record FoundTexts<TRecord>(IReadOnlyList<FoundText<TRecord>> Page, long? TotalCount, bool QueryTruncated)
{
    private const string QueryTruncatedKey = "QueryTruncated";

    /// <summary>The page as the kernel hands it on.</summary>
    public KernelSearchResults<T> ToResults<T>(Func<FoundText<TRecord>, T> map)
    {
        T[] results = [.. Page.Select(map)];
        return new KernelSearchResults<T>(
            results.ToAsyncEnumerable(), TotalCount, new Dictionary<string, object?> { [QueryTruncatedKey] = QueryTruncated });
    }
}
