using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Google.Protobuf.Collections;
using Qdrant.Client.Grpc;
using Splade.AI.Hybrid;

namespace Splade.AI.Qdrant.Collections;

/// <summary>What a collection says of itself in its metadata. Immutable.</summary>
/// <param name="Schema">The vectors, with their sizes.</param>
/// <param name="Models">The models, as far as they are known.</param>
/// <param name="HasTenants">Whether each record belongs to a tenant.</param>
internal sealed record CollectionMetadata(HybridSchema Schema, HybridModels Models, bool HasTenants)
{
    /// <summary>Kept until a bulk load ends: the threshold that was there before.</summary>
    public const string BulkLoad = "splade_bulk_load";

    /// <summary>Kilobytes of vectors without a graph that Qdrant leaves as they are, unless it is told otherwise.</summary>
    public const long UsualThreshold = 10_000;

    private const string Format = "splade_format", Vectors = "splade_vectors", ModelsName = "splade_models", Tenants = "splade_tenants";
    private const long Version = 1;

    private static readonly JsonTypeInfo<HybridModels> ModelsJson =
        (JsonTypeInfo<HybridModels>)SpladeJsonUtilities.CompactOptions.GetTypeInfo(typeof(HybridModels));

    public void WriteTo(MapField<string, Value> metadata)
    {
        metadata[Format] = new Value { IntegerValue = Version };
        metadata[Vectors] = new Value { StringValue = Schema.ToString() };
        metadata[Tenants] = new Value { BoolValue = HasTenants };
        WriteTo(metadata, Models);
    }

    public static void WriteTo(MapField<string, Value> metadata, HybridModels models) =>
        metadata[ModelsName] = new Value { StringValue = JsonSerializer.Serialize(models, ModelsJson) };

    /// <summary>Reads the metadata of a collection.</summary>
    /// <exception cref="FormatException">It is not a collection of a store, or of another version.</exception>
    public static CollectionMetadata Read(MapField<string, Value>? metadata)
    {
        if (metadata?.ContainsKey(Format) is not true)
        {
            throw new FormatException(
                "it has no metadata of a store: it was made by another program, or by a server before 1.16, which keeps none. "
                + "Choose another name, or use Qdrant's own client for a collection of your own.");
        }

        if (metadata[Format].IntegerValue != Version)
        {
            throw new FormatException(
                $"its format is {metadata[Format].IntegerValue}, expected {Version}: it was made by another version of this library. Use that one.");
        }

        try
        {
            return new CollectionMetadata(
                HybridSchema.Parse(metadata[Vectors].StringValue),
                JsonSerializer.Deserialize(metadata[ModelsName].StringValue, ModelsJson) ?? HybridModels.None,
                metadata[Tenants].BoolValue);
        }
        catch (Exception e) when (e is KeyNotFoundException or JsonException or ArgumentException)
        {
            throw new FormatException($"its metadata is damaged: {e.Message} Delete the collection, or write its metadata anew.", e);
        }
    }
}
