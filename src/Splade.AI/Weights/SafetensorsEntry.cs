namespace Splade.AI.Weights;

/// <summary>What an entry of a safetensors header says of a tensor, compared with itself.</summary>
internal static class SafetensorsEntry
{
    /// <exception cref="FormatException">The entry is not whole, or contradicts itself.</exception>
    /// <exception cref="NotSupportedException">The tensor is of a type that is not read.</exception>
    public static WeightTensor Place(
        string name, string? typeName, long[]? shape, (long Begin, long End)? offsets, long dataStart, WeightFile file)
    {
        string shown = ShortNames.Cut(name);
        var type = SafetensorsType.Of(ShortNames.Cut(typeName ?? throw Lacks("dtype")), shown);
        _ = shape ?? throw Lacks("shape");
        if (offsets is not (long begin, long end))
        {
            throw Lacks("data_offsets");
        }

        if (end < begin || begin > long.MaxValue - dataStart)
        {
            throw new FormatException($"Tensor '{shown}' is said to begin at byte {begin} of the data and to end at byte {end}.");
        }

        var tensor = new WeightTensor(name, file.Path, dataStart + begin, end - begin, type.Type, typeName, shape);
        long? expected = WeightTensor.BytesOf(shape, type.Size);
        return expected == tensor.Length ? tensor : throw new FormatException(
            $"Tensor '{shown}' is said to have {tensor.Length} bytes, but {tensor} takes "
            + (expected is long bytes ? $"{bytes}." : "more than any file has."));

        FormatException Lacks(string member) => new($"Tensor '{shown}' has no '{member}', as every entry has it.");
    }
}
