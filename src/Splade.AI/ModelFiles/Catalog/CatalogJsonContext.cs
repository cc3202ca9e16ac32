using System.Text.Json.Serialization;

namespace Splade.AI.ModelFiles.Catalog;

/// <summary>Reads the embedded list without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(CatalogModel[]))]
internal sealed partial class CatalogJsonContext : JsonSerializerContext;
