using Splade.AI.Search.Segments;

namespace Splade.AI.Search.Sparse;

/// <summary>One search of an index of sparse vectors.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <param name="state">What the index holds.</param>
/// <param name="query">The query.</param>
/// <param name="limits">Where to end.</param>
internal sealed class SparseSearch<TKey>(IndexState<TKey, SparseVector> state, SparseVector query, SearchLimits<TKey> limits)
    : SparseSearch<TKey, SparseVector>(state, SparseSearches.Vectors, query, limits)
    where TKey : notnull;
