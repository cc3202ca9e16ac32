using System.Text.Json;
using System.Text.Json.Serialization;

namespace Splade.AI.Hybrid;

/// <summary>
/// Models as JSON: an object of sparse ones and one of dense ones, by the names of the vectors. Reads too what stores of one sparse and one dense vector
/// kept when names were not yet written: <c>{"sparse":{"modelName":..},"dense":"name","denseHash":..,"denseDimensions":..}</c>.
/// </summary>
internal sealed class HybridModelsConverter : JsonConverter<HybridModels>
{
    private const string Sparse = "sparse", Dense = "dense";

    /// <summary>What every sparse model has, and no object of models by name, where it would be an object.</summary>
    private const string ModelName = "modelName";

    public override HybridModels Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        JsonElement json = JsonElement.ParseValue(ref reader);
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException($"Found {json.ValueKind}, expected an object of models.");
        }

        JsonElement? sparse = Find(json, Sparse), dense = Find(json, Dense);
        bool isUnnamed = dense is { ValueKind: JsonValueKind.String } || Find(json, "denseHash") is not null || Find(json, "denseDimensions") is not null
            || (sparse is { } model && Find(model, ModelName) is { ValueKind: JsonValueKind.String });
        return isUnnamed ? ReadUnnamed(json, sparse, dense) : new HybridModels
        {
            Sparse = sparse is { } some ? some.Deserialize(HybridJson.Written.DictionaryStringSparseModelIdentity)! : HybridModels.None.Sparse,
            Dense = dense is { } others ? others.Deserialize(HybridJson.Written.DictionaryStringDenseModelIdentity)! : HybridModels.None.Dense,
        };
    }

    public override void Write(Utf8JsonWriter writer, HybridModels value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        if (value.Sparse.Count > 0)
        {
            writer.WritePropertyName(Sparse);
            JsonSerializer.Serialize(writer, new Dictionary<string, SparseModelIdentity>(value.Sparse), HybridJson.Written.DictionaryStringSparseModelIdentity);
        }

        if (value.Dense.Count > 0)
        {
            writer.WritePropertyName(Dense);
            JsonSerializer.Serialize(writer, new Dictionary<string, DenseModelIdentity>(value.Dense), HybridJson.Written.DictionaryStringDenseModelIdentity);
        }

        writer.WriteEndObject();
    }

    private static HybridModels ReadUnnamed(JsonElement json, JsonElement? sparse, JsonElement? dense)
    {
        var identity = new DenseModelIdentity
        {
            ModelName = dense?.GetString(),
            ModelHash = Find(json, "denseHash")?.GetString(),
            Dimensions = Find(json, "denseDimensions")?.GetInt32(),
        };
        return new HybridModels
        {
            Sparse = sparse is { } model
                ? new Dictionary<string, SparseModelIdentity> { [HybridSchema.SparseName] = model.Deserialize(HybridJson.Written.SparseModelIdentity)! }
                : HybridModels.None.Sparse,
            Dense = identity == new DenseModelIdentity()
                ? HybridModels.None.Dense
                : new Dictionary<string, DenseModelIdentity> { [HybridSchema.DenseName] = identity },
        };
    }

    /// <summary>A member that is there and not null.</summary>
    private static JsonElement? Find(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
