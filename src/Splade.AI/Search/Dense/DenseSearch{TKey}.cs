using Splade.AI.Search.Segments;

namespace Splade.AI.Search.Dense;

/// <summary>One search of an index of dense vectors.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <param name="state">What the index holds.</param>
/// <param name="query">Made by <see cref="DenseVector.CreateQuery"/>.</param>
/// <param name="limits">Where to end.</param>
internal sealed class DenseSearch<TKey>(IndexState<TKey, DenseVector> state, float[] query, SearchLimits<TKey> limits)
    : DenseSearch<TKey, DenseVector>(state, DenseSearches.Vectors, query, limits)
    where TKey : notnull;
