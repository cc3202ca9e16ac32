using System.Text.Encodings.Web;
using System.Text.Json;

namespace Splade.AI.Explanation.Rendering.Json;

/// <summary>Explanations for programs.</summary>
internal static class ExplanationJson
{
    // As in the other lines of JSON that are made here: texts stay readable, in whatever script they are.
    private static readonly ExplanationJsonContext Context = new(
        new JsonSerializerOptions(ExplanationJsonContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static string Write(TextExplanation text) => JsonSerializer.Serialize(TextJson.Of(text), Context.TextJson);

    public static string Write(MatchExplanation match) => JsonSerializer.Serialize(MatchJson.Of(match), Context.MatchJson);
}
