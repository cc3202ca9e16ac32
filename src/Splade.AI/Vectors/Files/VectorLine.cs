using System.Text.Json;
using System.Text.Json.Serialization;

namespace Splade.AI.Vectors.Files;

/// <summary>One line of a JSONL file, as <see cref="SparseVectorFile.WriteJsonLines"/> describes it.</summary>
internal sealed partial record VectorLine
{
    [JsonConverter(typeof(VectorIdConverter))]
    public string? Id { get; init; }

    public ReadOnlyMemory<int>? Indices { get; init; }

    public ReadOnlyMemory<float>? Values { get; init; }

    public int? Dimensions { get; init; }

    /// <summary>The line in UTF-8, with its end.</summary>
    public static byte[] Format(SavedVector saved, string parameter)
    {
        SparseVector vector = saved.Vector ?? throw new ArgumentException("A vector is null.", parameter);
        var line = new VectorLine { Id = saved.Id, Indices = vector.IndexMemory, Values = vector.ValueMemory, Dimensions = vector.Dimensions };
        return [.. JsonSerializer.SerializeToUtf8Bytes(line, VectorLineContext.Default.VectorLine), (byte)'\n'];
    }

    /// <summary>The vector of a line; null for a blank one.</summary>
    /// <exception cref="InvalidDataException">The line is no vector.</exception>
    public static SavedVector? Parse(string text, long number, int? dimensions)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        try
        {
            VectorLine line = JsonSerializer.Deserialize(text, VectorLineContext.Default.VectorLine) ?? throw new FormatException("Found null.");
            return new SavedVector(line.ToVector(dimensions), line.Id);
        }
        catch (Exception problem) when (problem is JsonException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"Line {number} is no sparse vector: {problem.Message}", problem);
        }
    }

    private SparseVector ToVector(int? dimensions)
    {
        if (Indices is not { } indices || Values is not { } values)
        {
            throw new FormatException("Expected 'indices' and 'values'.");
        }

        if ((Dimensions ?? dimensions) is not int size)
        {
            throw new FormatException("It has no 'dimensions'. State them when reading: they are the model's vocabulary size.");
        }

        if (size != (dimensions ?? size))
        {
            throw new FormatException($"Found {size} dimensions, expected {dimensions}.");
        }

        return InOrder(indices.ToArray(), values.ToArray(), size);
    }

    private static SparseVector InOrder(int[] indices, float[] values, int dimensions)
    {
        if (indices.Length == values.Length)
        {
            Array.Sort(indices, values);
        }

        return new SparseVector(indices, values, dimensions);
    }

    [JsonSerializable(typeof(VectorLine))]
    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        AllowDuplicateProperties = false)]
    private sealed partial class VectorLineContext : JsonSerializerContext;
}
