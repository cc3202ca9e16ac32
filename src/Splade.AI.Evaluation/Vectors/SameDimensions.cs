namespace Splade.AI.Evaluation;

/// <summary>Refuses vectors of different models that would be measured together.</summary>
internal static class SameDimensions
{
    /// <summary>Checks the next of several vectors.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="position">Its place among them.</param>
    /// <param name="dimensions">The dimensions of those before, or 0 if it is the first.</param>
    /// <param name="parameter">The parameter to blame.</param>
    /// <returns>The dimensions.</returns>
    /// <exception cref="ArgumentException">The vector is null or has other dimensions.</exception>
    public static int Require(SparseVector? vector, long position, int dimensions, string parameter)
    {
        if (vector is null)
        {
            throw new ArgumentException($"The vector at position {position} is null.", parameter);
        }

        Require(vector.Dimensions, dimensions == 0 ? vector.Dimensions : dimensions, parameter);
        return vector.Dimensions;
    }

    /// <summary>Checks all vectors of a list.</summary>
    /// <returns>The dimensions; those of before if the list is empty.</returns>
    /// <exception cref="ArgumentException">The list is null, or a vector is null or has other dimensions.</exception>
    public static int Require(IReadOnlyList<SparseVector> vectors, int dimensions, string parameter)
    {
        ArgumentNullException.ThrowIfNull(vectors, parameter);
        for (int i = 0; i < vectors.Count; i++)
        {
            dimensions = Require(vectors[i], i, dimensions, parameter);
        }

        return dimensions;
    }

    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static void Require(int found, int expected, string parameter)
    {
        if (found != expected)
        {
            throw new ArgumentException(
                $"Found a vector of {found} dimensions, expected {expected} as in those it meets: they come from different models. Encode all with one.",
                parameter);
        }
    }
}
