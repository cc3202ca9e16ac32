using System.Diagnostics.CodeAnalysis;
using Splade.AI.Hybrid;

namespace Splade.SemanticKernel.TextSearch;

/// <summary>Provides text searches whose records need no mapping.</summary>
[Experimental("SKEXP0001", UrlFormat = "https://aka.ms/semantic-kernel-experimental")]
public static class SpladeTextSearch
{
    /// <summary>Creates a search that gives a <see cref="SpladeTextRecord"/> for each text.</summary>
    /// <param name="retriever">What is searched. Not disposed by the search.</param>
    /// <param name="options">How is searched and cited; null for the defaults.</param>
    public static SpladeTextSearch<SpladeTextRecord> Create(HybridRetriever retriever, SpladeTextSearchOptions? options = null)
    {
        SpladeTextSearchOptions own = options?.Clone() ?? new SpladeTextSearchOptions();
        return new SpladeTextSearch<SpladeTextRecord>(retriever, hit => HitReader.Read(hit, own), own);
    }
}
