using System.Runtime.InteropServices;
using Splade.AI.Files;

namespace Splade.AI.Weights;

/// <summary>Reads the numbers of a small tensor, row by row: of a part of a model that is not in its graph.</summary>
internal static class WeightNumbers
{
    /// <exception cref="SpladeModelException">The tensor has another shape or type, or the file cannot be read.</exception>
    public static float[] Read(WeightTensor tensor, params ReadOnlySpan<long> shape)
    {
        if (tensor.Type == WeightType.Other || !tensor.IsContiguous || !shape.SequenceEqual([.. tensor.Shape]))
        {
            throw new SpladeModelException($"'{tensor.Name}' is {tensor}, expected floats of shape [{string.Join(", ", shape.ToArray())}].", tensor.File);
        }

        float[] numbers = ReadFloats(tensor);
        return tensor.IsTransposed && shape is [long rows, long columns] ? Transpose(numbers, (int)rows, (int)columns) : numbers;
    }

    /// <summary>Fills memory with the first bytes of a tensor.</summary>
    /// <exception cref="SpladeModelException">The file cannot be read, or has become shorter.</exception>
    public static void ReadBytes(WeightTensor tensor, Span<byte> bytes)
    {
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
    }

    private static float[] ReadFloats(WeightTensor tensor)
    {
        if (tensor.Type == WeightType.Float32)
        {
            float[] floats = new float[tensor.Length / sizeof(float)];
            ReadBytes(tensor, MemoryMarshal.AsBytes(floats.AsSpan()));
            return floats;
        }

        ushort[] halves = new ushort[tensor.Length / sizeof(ushort)];
        ReadBytes(tensor, MemoryMarshal.AsBytes(halves.AsSpan()));
        float[] numbers = new float[halves.Length];
        HalfNumbers.Widen(halves, tensor.Type == WeightType.BFloat16, numbers);
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
