using System.Text.Json.Serialization;

namespace Splade.AI.Explanation.Rendering.Json;

/// <summary>What is written as JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(TextJson))]
[JsonSerializable(typeof(MatchJson))]
internal sealed partial class ExplanationJsonContext : JsonSerializerContext;
