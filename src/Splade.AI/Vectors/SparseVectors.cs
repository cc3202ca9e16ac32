namespace Splade.AI;

/// <summary>The checks that vectors from a caller go through where they are to meet.</summary>
internal static class SparseVectors
{
    /// <exception cref="ArgumentNullException">A list is null.</exception>
    /// <exception cref="ArgumentException">A list holds a null, or the vectors of both mix dimensions.</exception>
    public static void RequireOneSpace(
        IReadOnlyList<SparseVector> left, string leftParameter, IReadOnlyList<SparseVector> right, string rightParameter)
    {
        ArgumentNullException.ThrowIfNull(left, leftParameter);
        ArgumentNullException.ThrowIfNull(right, rightParameter);
        int dimensions = RequireOneSpace(left, 0, leftParameter);
        RequireOneSpace(right, dimensions, rightParameter);
    }

    /// <summary>Checks the next of several vectors.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="position">Its place among them.</param>
    /// <param name="dimensions">The dimensions of those before, or 0 if it is the first.</param>
    /// <param name="parameter">The parameter to blame.</param>
    /// <returns>The dimensions.</returns>
    /// <exception cref="ArgumentException">The vector is null or has other dimensions.</exception>
    public static int RequireOneSpace(SparseVector? vector, long position, int dimensions, string parameter)
    {
        if (vector is null)
        {
            throw new ArgumentException($"The vector at position {position} is null.", parameter);
        }

        DimensionGuard.RequireEqual(vector.Dimensions, dimensions == 0 ? vector.Dimensions : dimensions, parameter);
        return vector.Dimensions;
    }

    private static int RequireOneSpace(IReadOnlyList<SparseVector> vectors, int dimensions, string parameter)
    {
        for (int i = 0; i < vectors.Count; i++)
        {
            dimensions = RequireOneSpace(vectors[i], i, dimensions, parameter);
        }

        return dimensions;
    }
}
