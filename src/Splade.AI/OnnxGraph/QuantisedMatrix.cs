using System.Numerics.Tensors;

namespace Splade.AI.OnnxGraph;

/// <summary>A matrix in small integers, with a scale for each of its columns.</summary>
/// <param name="Values">Shape <c>[rows, columns]</c>.</param>
/// <param name="Scales">What the integers of each column are multiplied with.</param>
internal sealed record QuantisedMatrix(sbyte[] Values, float[] Scales)
{
    /// <summary>The largest magnitude beside inputs of 8 bits: 7 bits instead of 8.</summary>
    /// <remarks>
    /// Processors without VNNI add two products with bytes up to 255 in 16 bits: 2 * 255 * 64 is the most that fits, and ONNX Runtime lets
    /// more saturate. Those with it could take 127, but then the vectors of one machine would not be those of another, and an index is
    /// often built on one and asked from another.
    /// </remarks>
    public const int LargestBesideBytes = 64;

    /// <summary>The same beside inputs of 7 bits: 2 * 127 * 127 fits.</summary>
    public const int LargestBesideSevenBits = 127;

    /// <summary>The smallest number of full precision. A column of zeros gets it, so that nothing is divided by zero.</summary>
    private const float SmallestScale = 1.17549435e-38f;

    /// <param name="file">The model.</param>
    /// <param name="product">The product.</param>
    /// <param name="largest">The largest magnitude that an integer may have.</param>
    /// <exception cref="SpladeModelException">The matrix has fewer numbers than its shape says, or one that is not finite.</exception>
    public static QuantisedMatrix Read(OnnxFile file, WeightProduct product, int largest)
    {
        float[] stored = product.Read(file);
        float found = TensorPrimitives.MaxMagnitude<float>(stored);
        return float.IsFinite(found)
            ? Quantise(stored, product.Rows, product.Columns, product.Weight.Transposed, largest)
            : throw new SpladeModelException($"Tensor '{product.Weight.Tensor.Name}' has {found}, expected finite numbers.", file.Path);
    }

    /// <summary>What each column gives for a row of ones.</summary>
    public float[] SumColumns()
    {
        float[] sums = new float[Scales.Length];
        for (int i = 0; i < Values.Length; i++)
        {
            sums[i % sums.Length] += Values[i];
        }

        TensorPrimitives.Multiply(sums, Scales, sums);
        return sums;
    }

    private static QuantisedMatrix Quantise(float[] stored, int rows, int columns, bool transposed, int most)
    {
        // In the order in which they are stored, line by line.
        int length = transposed ? rows : columns;
        float[] scales = new float[columns];
        for (int i = 0; i < stored.Length; i++)
        {
            (int line, int place) = Math.DivRem(i, length);
            ref float largest = ref scales[transposed ? line : place];
            largest = Math.Max(largest, Math.Abs(stored[i]));
        }

        for (int column = 0; column < columns; column++)
        {
            scales[column] = Math.Max(scales[column] / most, SmallestScale);
        }

        sbyte[] values = new sbyte[stored.Length];
        for (int i = 0; i < stored.Length; i++)
        {
            (int line, int place) = Math.DivRem(i, length);
            (int row, int column) = transposed ? (place, line) : (line, place);
            values[(row * columns) + column] = (sbyte)MathF.Round(stored[i] / scales[column]);
        }

        return new QuantisedMatrix(values, scales);
    }
}
