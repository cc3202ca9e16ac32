using Splade.AI.Search;

namespace Splade.AI.Hybrid.Storage;

/// <summary>Represents a column of dense vectors of a <see cref="RecordTable"/>. Immutable.</summary>
/// <param name="Name">The name, by which records remember that they have no vector there.</param>
/// <param name="Dimensions">The size of the vectors.</param>
/// <param name="Similarity">The measure by which they are compared.</param>
public sealed record DenseColumn(string Name, int Dimensions, SimilarityFunction Similarity)
{
    /// <summary>A vector of the column; the one that stands for none, if there is none.</summary>
    /// <exception cref="ArgumentException">It cannot be searched.</exception>
    internal DenseVector Create(ReadOnlyMemory<float>? vector, string parameter)
    {
        if (vector is not ReadOnlyMemory<float> values)
        {
            return DenseVector.None(Dimensions);
        }

        try
        {
            return DenseVector.Create(values.Span, Similarity, parameter: null!);
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException($"Column '{Name}': {e.Message}", parameter, e);
        }
    }
}
