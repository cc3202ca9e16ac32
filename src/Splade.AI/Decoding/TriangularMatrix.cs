namespace Splade.AI.Decoding;

/// <summary>Lower triangular matrices, row by row.</summary>
internal static class TriangularMatrix
{
    /// <summary>Makes Cholesky's factor of a symmetric matrix, in place.</summary>
    /// <param name="lower">The lower triangle; the rest is not looked at.</param>
    /// <param name="width">How many rows there are.</param>
    /// <param name="share">What is added to the diagonal, as a share of its mean.</param>
    /// <returns>False for a matrix that has none.</returns>
    public static bool Factor(double[] lower, int width, double share)
    {
        double ridge = Enumerable.Range(0, width).Sum(i => lower[(i * width) + i]) / width * share;
        for (int i = 0; i < width; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double left = lower[(i * width) + j] - RowMath.Dot(lower.AsSpan(i * width, j), lower.AsSpan(j * width, j));
                if (i > j)
                {
                    lower[(i * width) + j] = left / lower[(j * width) + j];
                }
                else if (left + ridge > 0 && double.IsFinite(left))
                {
                    lower[(i * width) + i] = Math.Sqrt(left + ridge);
                }
                else
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Kᵀ L, column by column.</summary>
    public static double[] TransposedProduct(double[] k, double[] l, int width)
    {
        double[] product = new double[width * width];
        for (int row = 0; row < width; row++)
        {
            for (int j = 0; j <= row; j++)
            {
                RowMath.AddScaled(k.AsSpan(row * width, row + 1), l[(row * width) + j], product.AsSpan(j * width, row + 1));
            }
        }

        return product;
    }

    /// <summary>L⁻ᵀ v and a factor, from the last number to the first.</summary>
    public static void SolveTransposed(double[] lower, ReadOnlySpan<double> vector, double scale, Span<float> target)
    {
        int width = vector.Length;
        double[] rest = [.. vector];
        for (int i = width - 1; i >= 0; i--)
        {
            rest[i] /= lower[(i * width) + i];
            RowMath.AddScaled(lower.AsSpan(i * width, i), -rest[i], rest.AsSpan(0, i));
            target[i] = (float)(scale * rest[i]);
        }
    }

    /// <summary>L v and a factor.</summary>
    public static void Multiply(double[] lower, ReadOnlySpan<double> vector, double scale, Span<float> target)
    {
        for (int i = 0; i < vector.Length; i++)
        {
            target[i] = (float)(scale * RowMath.Dot(lower.AsSpan(i * vector.Length, i + 1), vector[..(i + 1)]));
        }
    }
}
