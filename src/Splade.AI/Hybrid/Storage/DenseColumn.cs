using Splade.AI.Search;

namespace Splade.AI.Hybrid.Storage;

/// <summary>Represents a column of dense vectors of a <see cref="RecordTable"/>. Immutable.</summary>
/// <param name="Name">The name, by which records remember that they have no vector there.</param>
/// <param name="Dimensions">The size of the vectors; null for that of the first record.</param>
/// <param name="Similarity">The measure by which they are compared.</param>
public sealed record DenseColumn(string Name, int? Dimensions, SimilarityFunction Similarity)
{
    /// <summary>The column of a field.</summary>
    internal static DenseColumn Of(VectorField field) => new(field.Name, field.Dimensions, field.Similarity);

    /// <summary>A vector of the column; the one that stands for none, if there is none.</summary>
    /// <exception cref="ArgumentException">It cannot be searched; or there is none, and nobody knows its size.</exception>
    internal DenseVector Create(ReadOnlyMemory<float>? vector, string parameter)
    {
        if (vector is not ReadOnlyMemory<float> values)
        {
            return DenseVector.None(LackingVectors.RequireSize(Name, Dimensions));
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
