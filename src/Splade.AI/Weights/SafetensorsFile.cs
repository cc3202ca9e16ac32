using System.Runtime.InteropServices;

namespace Splade.AI.Weights;

/// <summary>Reads a safetensors file.</summary>
internal static class SafetensorsFile
{
    private const string Format = "safetensors";

    /// <summary>The tensors by name.</summary>
    /// <exception cref="SpladeModelException">The file cannot be read, is damaged, or has quantised weights.</exception>
    public static IReadOnlyDictionary<string, WeightTensor> Read(string path) => WeightFile.Read(path, Format, SafetensorsHeader.Read);

    /// <summary>The first numbers of a tensor of 32-bit floats.</summary>
    /// <exception cref="SpladeModelException">The tensor is of another type or has fewer, or the file cannot be read.</exception>
    public static float[] ReadFloats(WeightTensor tensor, int count)
    {
        if (tensor.Type != WeightType.Float32 || tensor.Length / sizeof(float) < count)
        {
            throw new SpladeModelException($"'{tensor.Name}' is {tensor}, expected F32 and at least {count} numbers.", tensor.File);
        }

        float[] numbers = new float[count];
        WeightNumbers.ReadBytes(tensor, MemoryMarshal.AsBytes(numbers.AsSpan()));
        return numbers;
    }
}
