using System.Text.Json.Serialization;

namespace Splade.AI.Vectors.Files;

/// <summary>Reads and writes vectors the same way whatever the options around them say, and without reflection.</summary>
[JsonSerializable(typeof(VectorObject))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false)]
internal sealed partial class VectorObjectContext : JsonSerializerContext;
