using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Splade.AI.Explanation.Rendering.Json;

/// <summary>Explanations for programs.</summary>
internal static partial class ExplanationJson
{
    // As in the other lines of JSON that are made here: texts stay readable, in whatever script they are.
    private static readonly Context Lines = new(
        new JsonSerializerOptions(Context.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static string Write(TextExplanation text) => JsonSerializer.Serialize(TextJson.Of(text), Lines.TextJson);

    public static string Write(MatchExplanation match) => JsonSerializer.Serialize(MatchJson.Of(match), Lines.MatchJson);

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
    [JsonSerializable(typeof(TextJson))]
    [JsonSerializable(typeof(MatchJson))]
    private sealed partial class Context : JsonSerializerContext;
}
