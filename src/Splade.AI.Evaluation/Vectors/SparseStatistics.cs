namespace Splade.AI.Evaluation;

/// <summary>Represents the fill of a set of vectors, which decides the size of an index and the cost of a search.</summary>
/// <remarks>Immutable. <c>MeanActiveDimensions</c> and <c>SparsityRatio</c> are what Sentence Transformers' <c>sparsity</c> gives.</remarks>
public sealed record SparseStatistics
{
    private SparseStatistics()
    {
    }

    /// <summary>Gets the number of vectors.</summary>
    public int Count { get; private init; }

    /// <summary>Gets the number of vectors without an entry.</summary>
    public int EmptyVectors { get; private init; }

    /// <summary>Gets the mean number of entries of a vector; 0 for no vectors.</summary>
    public double MeanActiveDimensions { get; private init; }

    /// <summary>Gets the smallest number of entries of a vector; 0 for no vectors.</summary>
    public int MinActiveDimensions { get; private init; }

    /// <summary>Gets the largest number of entries of a vector; 0 for no vectors.</summary>
    public int MaxActiveDimensions { get; private init; }

    /// <summary>Gets the share of all positions that are zero, from 0 to 1; 1 for no vectors.</summary>
    public double SparsityRatio { get; private init; } = 1;

    /// <summary>Counts the entries of vectors, which are read once and not kept.</summary>
    /// <exception cref="ArgumentException">A vector is null, or the vectors mix <see cref="SparseVector.Dimensions"/>.</exception>
    public static SparseStatistics Of(IEnumerable<SparseVector> vectors)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        int count = 0, empty = 0, min = int.MaxValue, max = 0, dimensions = 0;
        long entries = 0;
        foreach (SparseVector vector in vectors)
        {
            dimensions = SameDimensions.Require(vector, count, dimensions, nameof(vectors));
            count++;
            entries += vector.Count;
            empty += vector.Count == 0 ? 1 : 0;
            min = Math.Min(min, vector.Count);
            max = Math.Max(max, vector.Count);
        }

        return count == 0 ? new() : new()
        {
            Count = count,
            EmptyVectors = empty,
            MeanActiveDimensions = (double)entries / count,
            MinActiveDimensions = min,
            MaxActiveDimensions = max,
            SparsityRatio = 1 - (entries / ((double)count * dimensions)),
        };
    }
}
