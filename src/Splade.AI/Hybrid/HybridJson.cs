using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;

namespace Splade.AI.Hybrid;

/// <summary>The JSON of what a store keeps beside its vectors. Source-generated: it also works where reflection is switched off.</summary>
[JsonSerializable(typeof(HybridModels))]
[JsonSerializable(typeof(Dictionary<string, SparseModelIdentity>))]
[JsonSerializable(typeof(Dictionary<string, DenseModelIdentity>))]
[JsonSerializable(typeof(MetadataFilter))]
[JsonSerializable(typeof(MetadataValue))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, MetadataValue>))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
internal sealed partial class HybridJson : JsonSerializerContext
{
    /// <summary>As the rest of the library writes JSON: by the options of Microsoft.Extensions.AI.</summary>
    public static HybridJson Written { get; } = new(new JsonSerializerOptions(AIJsonUtilities.DefaultOptions) { TypeInfoResolver = null });
}
