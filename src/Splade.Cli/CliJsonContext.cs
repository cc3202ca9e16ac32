using System.Text.Json.Serialization;
using Splade.AI;
using Splade.AI.Evaluation;
using Splade.AI.ModelFiles.Catalog;
using Splade.Cli.Evaluation;
using Splade.Cli.Health;

namespace Splade.Cli;

/// <summary>What is read and written as whole objects.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PrecisionAgreement))]
[JsonSerializable(typeof(IReadOnlyList<CatalogModel>))]
[JsonSerializable(typeof(GoldenHeader))]
[JsonSerializable(typeof(GoldenText))]
[JsonSerializable(typeof(HealthReport))]
[JsonSerializable(typeof(EvalReport))]
internal sealed partial class CliJsonContext : JsonSerializerContext;
