using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Splade.AI.Files;

namespace Splade.AI.Weights;

/// <summary>Reads the numbers of a small tensor, row by row: of a part of a model that is not in its graph.</summary>
internal static class WeightNumbers
{
    /// <exception cref="SpladeModelException">The tensor has another shape or type, or the file cannot be read.</exception>
    public static float[] Read(WeightTensor tensor, params ReadOnlySpan<long> shape)
    {
        if (tensor.Type == WeightType.Other || !shape.SequenceEqual([.. tensor.Shape]))
        {
            throw new SpladeModelException($"'{tensor.Name}' is {tensor}, expected floats of shape [{string.Join(", ", shape.ToArray())}].", tensor.File);
        }

        byte[] bytes = new byte[tensor.Length];
        using FileStream file = CheckedFile.OpenRead(tensor.File);
        try
        {
            file.Position = tensor.Offset;
            file.ReadExactly(bytes);
        }
        catch (IOException e)
        {
            throw new SpladeModelException($"The file became shorter while it was read: {e.Message} Copy it again from its origin.", tensor.File, e);
        }

        float[] numbers = ToFloats(bytes, tensor.Type);
        return tensor.IsTransposed && shape is [long rows, long columns] ? Transpose(numbers, (int)rows, (int)columns) : numbers;
    }

    private static float[] ToFloats(byte[] bytes, WeightType type)
    {
        if (type == WeightType.Float32)
        {
            return MemoryMarshal.Cast<byte, float>(bytes).ToArray();
        }

        ReadOnlySpan<ushort> halves = MemoryMarshal.Cast<byte, ushort>(bytes);
        float[] numbers = new float[halves.Length];
        if (type == WeightType.Float16)
        {
            TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<ushort, Half>(halves), numbers);
            return numbers;
        }

        // The upper half of a float.
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = BitConverter.UInt32BitsToSingle((uint)halves[i] << 16);
        }

        return numbers;
    }

    private static float[] Transpose(float[] byColumn, int rows, int columns)
    {
        float[] byRow = new float[byColumn.Length];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                byRow[(row * columns) + column] = byColumn[(column * rows) + row];
            }
        }

        return byRow;
    }
}
