namespace Splade.AI.Decoding;

/// <summary>The right singular vectors of a square matrix, by Jacobi's rotations from one side.</summary>
/// <remarks>Hestenes 1958, "Inversion of matrices by biorthogonalization": pairs of columns are made orthogonal until all are.</remarks>
internal static class SingularVectors
{
    private const int MostSweeps = 20;

    /// <summary>Columns are orthogonal with a cosine below this: their sample is wrong by far more.</summary>
    private const double Tolerance = 1e-5;

    /// <param name="columns">The matrix, column by column; they become orthogonal, each as long as its singular value.</param>
    /// <param name="size">How many columns it has.</param>
    /// <returns>The vectors, one after the other, in the order of the columns.</returns>
    public static double[] Find(double[] columns, int size)
    {
        double[] vectors = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            vectors[(i * size) + i] = 1;
        }

        for (int sweep = 0; sweep < MostSweeps; sweep++)
        {
            bool rotated = false;
            for (int p = 0; p < size; p++)
            {
                for (int q = p + 1; q < size; q++)
                {
                    rotated |= Rotate(columns.AsSpan(p * size, size), columns.AsSpan(q * size, size), vectors.AsSpan(p * size, size), vectors.AsSpan(q * size, size));
                }
            }

            if (!rotated)
            {
                break;
            }
        }

        return vectors;
    }

    private static bool Rotate(Span<double> left, Span<double> right, Span<double> leftVector, Span<double> rightVector)
    {
        double product = RowMath.Dot(left, right), leftSquare = RowMath.Dot(left, left), rightSquare = RowMath.Dot(right, right);
        if (!(Math.Abs(product) > Tolerance * Math.Sqrt(leftSquare * rightSquare)))
        {
            return false;
        }

        double tau = (rightSquare - leftSquare) / (2 * product);
        double tangent = (tau < 0 ? -1 : 1) / (Math.Abs(tau) + Math.Sqrt((tau * tau) + 1));
        double cosine = 1 / Math.Sqrt((tangent * tangent) + 1), sine = tangent * cosine;
        RowMath.Rotate(left, right, cosine, sine);
        RowMath.Rotate(leftVector, rightVector, cosine, sine);
        return true;
    }
}
