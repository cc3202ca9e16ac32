using System.Numerics.Tensors;

namespace Splade.AI.Onnx.Graph;

/// <summary>A matrix in small integers, with a scale for each of its columns.</summary>
/// <param name="Values">Shape <c>[rows, columns]</c>.</param>
/// <param name="Scales">What the integers of each column are multiplied with.</param>
internal sealed record QuantisedMatrix(sbyte[] Values, float[] Scales)
{
    /// <summary>The largest magnitude: 7 bits instead of 8.</summary>
    /// <remarks>
    /// Processors without VNNI add two products with bytes up to 255 in 16 bits: 2 * 255 * 64 is the most that fits, and ONNX Runtime lets
    /// more saturate. Those with it could take 127, but then the vectors of one machine would not be those of another, and an index is
    /// often built on one and asked from another.
    /// </remarks>
    private const int Largest = 64;

    /// <summary>The smallest number of full precision: below it a scale is as good as none.</summary>
    private const float SmallestScale = 1.17549435e-38f;

    /// <exception cref="SpladeModelException">The matrix has fewer numbers than its shape says, or one that is not finite.</exception>
    public static QuantisedMatrix Read(OnnxFile file, WeightProduct product)
    {
        float[] stored = new float[product.Weight.Tensor.Count];
        TensorReader.Read(file, product.Weight.Tensor, 0, stored);
        float largest = TensorPrimitives.MaxMagnitude<float>(stored);
        return float.IsFinite(largest)
            ? Quantise(stored, product.Rows, product.Columns, product.Weight.Transposed)
            : throw new SpladeModelException($"Tensor '{product.Weight.Tensor.Name}' has {largest}, expected finite numbers.", file.Path);
    }

    private static QuantisedMatrix Quantise(float[] stored, int rows, int columns, bool transposed)
    {
        // One of the two steps is 1.
        (int rowStep, int columnStep) = transposed ? (1, rows) : (columns, 1);
        float[] scales = new float[columns];
        for (int column = 0; column < columns; column++)
        {
            float largest = 0;
            for (int row = 0; row < rows; row++)
            {
                largest = Math.Max(largest, Math.Abs(stored[(row * rowStep) + (column * columnStep)]));
            }

            // A column of zeros, or of numbers whose scale would be none, stays a column of zeros.
            scales[column] = Math.Max(largest / Largest, SmallestScale);
        }

        sbyte[] values = new sbyte[rows * columns];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                values[(row * columns) + column] = (sbyte)MathF.Round(stored[(row * rowStep) + (column * columnStep)] / scales[column]);
            }
        }

        return new QuantisedMatrix(values, scales);
    }
}
