using System.Text.Json;
using System.Text.Json.Serialization;

namespace Splade.AI.Vectors.Files;

/// <summary>A sparse vector as a JSON object, written for people or for space. Either way it reads both.</summary>
/// <remarks>An object and nothing else, so that no other kind of embedding takes it for a vector of its own. Immutable; safe for concurrent use.</remarks>
internal sealed class SparseVectorConverter(bool compact) : JsonConverter<SparseVector>
{
    /// <summary>Used by the serializer.</summary>
    public SparseVectorConverter()
        : this(compact: false)
    {
    }

    public static SparseVectorConverter Compact { get; } = new(compact: true);

    /// <exception cref="JsonException">There is no sparse vector. The serializer adds the path.</exception>
    public override SparseVector Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException(
                $"Found a {reader.TokenType} for the vector, expected the object that a sparse embedding has: this may be another kind of embedding. "
                + "Generators that share a cache need keys that tell them apart.");
        }

        try
        {
            return (JsonSerializer.Deserialize(ref reader, VectorObjectContext.Default.VectorObject) ?? throw new FormatException("Found null.")).ToVector();
        }
        catch (Exception problem) when (problem is FormatException or ArgumentException or InvalidDataException)
        {
            throw new JsonException($"The object is no sparse vector: {problem.Message}", problem);
        }
    }

    public override void Write(Utf8JsonWriter writer, SparseVector value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, VectorObject.From(value, compact), VectorObjectContext.Default.VectorObject);
}
