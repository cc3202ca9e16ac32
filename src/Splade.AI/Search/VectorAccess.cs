using Splade.AI.Search.Segments;

namespace Splade.AI.Search;

/// <summary>Where the values of a table have the vectors that a search goes by.</summary>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <typeparam name="TRecord">What is stored under a key: a vector, or a record of several.</typeparam>
/// <typeparam name="TSegment">The type of their segments.</typeparam>
/// <param name="Vector">The vector of a value.</param>
/// <param name="Segment">The vectors of a segment of values, row by row.</param>
internal sealed record VectorAccess<TValue, TRecord, TSegment>(Func<TValue, TRecord> Vector, Func<IndexSegment<TValue>, TSegment> Segment)
    where TSegment : IndexSegment<TRecord>;
