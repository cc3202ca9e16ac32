using System.Text.Json.Serialization;
using Splade.AI.Evaluation;
using Splade.AI.ModelFiles.Catalog;

namespace Splade.Cli.Commands;

/// <summary>What commands write as whole objects of the library.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true)]
[JsonSerializable(typeof(PrecisionAgreement))]
[JsonSerializable(typeof(CatalogModel))]
internal sealed partial class CommandJsonContext : JsonSerializerContext;
