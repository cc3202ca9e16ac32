namespace Splade.AI.Decoding;

/// <summary>Dimensions for hidden states and weights in which the first few of both are nearly all of a logit.</summary>
/// <remarks>
/// <c>(x - c)·w = (x - c)A · wB</c> wherever <c>A Bᵀ = 1</c>. Of these, the ones that give both sides the same second moments, diagonal and
/// falling, make the mean of <c>|x'| |w'|</c> over the dimensions that are left out the least that it can be: with <c>L Lᵀ</c> the covariance of
/// hidden states, <c>K Kᵀ</c> the second moments of the weights and <c>U</c>, <c>s</c> the right singular vectors and the singular values of
/// <c>Kᵀ L</c>, <c>A = L⁻ᵀ U √s</c> and <c>B = L U / √s</c>. That is how linear systems are balanced before they are truncated (Moore 1981, "Principal
/// component analysis in linear systems"). Where the sample says little, the bound is loose, never wrong.
/// </remarks>
internal sealed class CascadeBasis
{
    /// <summary>What each dimension varies by at least, as a share of the mean: a sample does not show all that a text may have.</summary>
    private const double Ridge = 1e-3;

    /// <summary>The same of the weights, of which all are known.</summary>
    private const double WeightRidge = 1e-9;

    /// <summary>Enough weights to know their second moments.</summary>
    private const int MostColumns = 4096;

    private CascadeBasis(float[] centre, float[] hiddenColumns, float[] weightColumns, int width)
    {
        Centre = centre;
        HiddenColumns = hiddenColumns;
        WeightColumns = weightColumns;
        HiddenNorm = Norm(hiddenColumns);
        WeightNorm = Norm(weightColumns);
        Inexactness = (float)DistanceToIdentity(hiddenColumns, weightColumns, width);
    }

    /// <summary>c, the mean of the sample.</summary>
    public float[] Centre { get; }

    /// <summary>A, column by column.</summary>
    public float[] HiddenColumns { get; }

    /// <summary>B, column by column.</summary>
    public float[] WeightColumns { get; }

    /// <summary>The Frobenius norm of A.</summary>
    public float HiddenNorm { get; }

    /// <summary>The Frobenius norm of B.</summary>
    public float WeightNorm { get; }

    /// <summary>The Frobenius norm of <c>1 - A Bᵀ</c>, which rounding leaves.</summary>
    public float Inexactness { get; }

    /// <param name="hidden">Shape <c>[tokens, width]</c>: hidden states of ordinary texts.</param>
    /// <param name="weights">The decoder.</param>
    /// <returns>The basis, or null where the numbers are beyond what a bound can be computed for.</returns>
    public static CascadeBasis? Learn(ReadOnlySpan<float> hidden, DecoderWeights weights)
    {
        int width = weights.Width;
        float[] centre = Mean(hidden, width);
        double[] lower = Moments(hidden, width, 1, centre);
        double[] weightsLower = Moments(weights.Rows(0, weights.Columns), width, Math.Max(1, weights.Columns / MostColumns), new float[width]);
        if (!TriangularMatrix.Factor(lower, width, Ridge) || !TriangularMatrix.Factor(weightsLower, width, WeightRidge))
        {
            return null;
        }

        double[] columns = TriangularMatrix.TransposedProduct(weightsLower, lower, width);
        double[] vectors = SingularVectors.Find(columns, width);
        double[] values = [.. Enumerable.Range(0, width).Select(i => Math.Sqrt(RowMath.Dot(columns.AsSpan(i * width, width), columns.AsSpan(i * width, width))))];
        int[] order = [.. Enumerable.Range(0, width).OrderByDescending(i => values[i])];
        float[] a = new float[width * width], b = new float[width * width];
        for (int j = 0; j < width; j++)
        {
            ReadOnlySpan<double> vector = vectors.AsSpan(order[j] * width, width);
            double scale = Math.Sqrt(values[order[j]]);
            TriangularMatrix.SolveTransposed(lower, vector, scale, a.AsSpan(j * width, width));
            TriangularMatrix.Multiply(lower, vector, 1 / scale, b.AsSpan(j * width, width));
        }

        var basis = new CascadeBasis(centre, a, b, width);
        return ScreenRange.Holds(RowMath.LargestMagnitude(a)) && ScreenRange.Holds(RowMath.LargestMagnitude(b)) && float.IsFinite(basis.Inexactness)
            && ScreenRange.Holds(basis.HiddenNorm) && ScreenRange.Holds(basis.WeightNorm) ? basis : null;
    }

    private static float[] Mean(ReadOnlySpan<float> rows, int width)
    {
        double[] sums = new double[width];
        for (int i = 0; i < rows.Length; i++)
        {
            sums[i % width] += rows[i];
        }

        int count = rows.Length / width;
        return Array.ConvertAll(sums, s => (float)(s / count));
    }

    // Their mean over every so many rows, the lower triangle.
    private static double[] Moments(ReadOnlySpan<float> rows, int width, int every, float[] centre)
    {
        double[] moments = new double[width * width], row = new double[width];
        int count = 0;
        for (int at = 0; at < rows.Length; at += every * width, count++)
        {
            for (int k = 0; k < width; k++)
            {
                row[k] = (double)rows[at + k] - centre[k];
            }

            for (int i = 0; i < width; i++)
            {
                RowMath.AddScaled(row.AsSpan(0, i + 1), row[i], moments.AsSpan(i * width, i + 1));
            }
        }

        return Array.ConvertAll(moments, m => m / count);
    }

    private static double DistanceToIdentity(float[] a, float[] b, int width)
    {
        double[] product = new double[width * width];
        for (int i = 0; i < width; i++)
        {
            product[(i * width) + i] = -1;
        }

        for (int j = 0; j < width; j++)
        {
            double[] row = Array.ConvertAll(b[(j * width)..((j + 1) * width)], x => (double)x);
            for (int i = 0; i < width; i++)
            {
                RowMath.AddScaled(row, a[(j * width) + i], product.AsSpan(i * width, width));
            }
        }

        return Math.Sqrt(RowMath.Dot(product, product));
    }

    private static float Norm(float[] matrix)
    {
        double sum = 0;
        foreach (float x in matrix)
        {
            sum += (double)x * x;
        }

        return (float)(Math.Sqrt(sum) * 1.0001);
    }
}
