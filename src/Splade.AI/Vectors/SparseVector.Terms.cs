using Splade.AI.Vectors.Similarity;

namespace Splade.AI;

public partial class SparseVector
{
    /// <summary>The entries with their tokens, the heaviest first, of equal weights the lower id first.</summary>
    /// <param name="vocabulary">The token of each dimension, for example the engine's vocabulary.</param>
    /// <param name="top">How many at most, at least 1; null for all.</param>
    /// <exception cref="ArgumentException">The vocabulary has another size than the vector.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is below 1.</exception>
    public IReadOnlyList<SparseTerm> Terms(IReadOnlyList<string> vocabulary, int? top = null)
    {
        RequireVocabulary(vocabulary);
        ArgumentOutOfRangeException.ThrowIfLessThan(top ?? 1, 1, nameof(top));
        int count = Math.Min(Count, top ?? Count);
        return Array.ConvertAll(ByWeight()[..count], p => new SparseTerm(_indices[p], vocabulary[_indices[p]], _values[p]));
    }

    /// <summary>
    /// The products of the weights at shared positions: what each contributes to the dot product. This is what Sentence Transformers'
    /// <c>intersection</c> computes (its documentation speaks of the minimum, its code multiplies).
    /// </summary>
    /// <remarks>A product too small for single precision is 0 and has no entry; one too large is its largest number.</remarks>
    /// <exception cref="ArgumentException">The vectors have different <see cref="Dimensions"/>.</exception>
    public SparseVector Intersect(SparseVector other)
    {
        ArgumentNullException.ThrowIfNull(other);
        DimensionGuard.RequireEqual(other.Dimensions, Dimensions, nameof(other));
        var indices = new List<int>();
        var values = new List<float>();
        foreach ((int index, float left, float right) in new SharedEntries(this, other))
        {
            float product = SinglePrecision.Sum(left * right);
            if (product > 0)
            {
                indices.Add(index);
                values.Add(product);
            }
        }

        return Own([.. indices], [.. values], Dimensions);
    }

    /// <summary>The <see cref="Intersect(SparseVector)"/> with each of many vectors, in order; computed as the result is read.</summary>
    public IEnumerable<SparseVector> Intersect(IEnumerable<SparseVector> others)
    {
        ArgumentNullException.ThrowIfNull(others);
        return others.Select(Intersect);
    }

    private void RequireVocabulary(IReadOnlyList<string> vocabulary)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        if (vocabulary.Count != Dimensions)
        {
            throw new ArgumentException($"The vocabulary has {vocabulary.Count} tokens, expected {Dimensions}: one for each dimension.", nameof(vocabulary));
        }
    }
}
