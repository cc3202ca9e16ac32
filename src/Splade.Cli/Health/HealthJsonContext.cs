using System.Text.Json.Serialization;

namespace Splade.Cli.Health;

/// <summary>What golden files hold, and what `splade doctor` writes for programs.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(GoldenHeader))]
[JsonSerializable(typeof(GoldenText))]
[JsonSerializable(typeof(HealthReport))]
internal sealed partial class HealthJsonContext : JsonSerializerContext;
