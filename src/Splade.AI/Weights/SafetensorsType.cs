namespace Splade.AI.Weights;

/// <summary>A type of numbers that a safetensors file may have.</summary>
/// <param name="Type">What it is to a graph.</param>
/// <param name="Size">How many bytes a number takes.</param>
internal readonly record struct SafetensorsType(WeightType Type, int Size)
{
    /// <summary>The type of a name.</summary>
    /// <exception cref="NotSupportedException">It is that of quantised weights, or none.</exception>
    public static SafetensorsType Of(string name, string tensor) => name switch
    {
        "F32" => new(WeightType.Float32, 4),
        "F16" => new(WeightType.Float16, 2),
        "BF16" => new(WeightType.BFloat16, 2),
        "BOOL" or "U8" => new(WeightType.Other, 1),
        "I16" or "U16" => new(WeightType.Other, 2),
        "I32" or "U32" => new(WeightType.Other, 4),
        "I64" or "U64" or "F64" or "C64" => new(WeightType.Other, 8),
        "I8" => throw Quantised(name, tensor),
        _ when name.StartsWith("F8_", StringComparison.Ordinal)
            || name.StartsWith("F6_", StringComparison.Ordinal)
            || name.StartsWith("F4", StringComparison.Ordinal) => throw Quantised(name, tensor),
        _ => throw new NotSupportedException(
            $"Tensor '{tensor}' is of type '{name}', expected one of the format's types, such as F32, F16 or BF16. Take the model's weights in one of these."),
    };

    private static NotSupportedException Quantised(string name, string tensor) =>
        new($"Tensor '{tensor}' is of type {name}: quantised weights are not supported. Take the model's weights in F32, F16 or BF16.");
}
