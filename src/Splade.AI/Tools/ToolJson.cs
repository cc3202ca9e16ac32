using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Splade.AI.Tools;

/// <summary>How results become JSON, and what schemas are made of: source-generated, without white space, text as it is rather than escaped.</summary>
/// <remarks>
/// Names, and that null is left out, are said on the types: frameworks that write the results themselves, as Semantic Kernel does, write the same.
/// </remarks>
internal static partial class ToolJson
{
    /// <summary>Read-only; safe for concurrent use.</summary>
    public static JsonSerializerOptions Options { get; } = CreateOptions();

    /// <summary>A result as compact JSON. It is a string because chat clients indent whatever else a function returns, and white space costs tokens.</summary>
    /// <param name="result">The result.</param>
    /// <param name="type">Its type, one that this class knows.</param>
    public static string Write(object? result, Type type) => JsonSerializer.Serialize(result, Options.GetTypeInfo(type));

    private static JsonSerializerOptions CreateOptions()
    {
        // Nobody puts these results into HTML, and in escapes a word that is not English takes several times the tokens.
        var options = new JsonSerializerOptions(ToolJsonContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        options.MakeReadOnly();
        return options;
    }

    [JsonSerializable(typeof(SpladeEncodeResult))]
    [JsonSerializable(typeof(SpladeExpandResult))]
    [JsonSerializable(typeof(SpladeExplainResult))]
    [JsonSerializable(typeof(SpladeCompareResult))]
    [JsonSerializable(typeof(SpladeSearchResult))]
    [JsonSerializable(typeof(SpladePassageResult))]
    [JsonSerializable(typeof(ToolProblem))]
    [JsonSerializable(typeof(string))]
    [JsonSerializable(typeof(int?))]
    [JsonSerializable(typeof(IReadOnlyList<string>))]
    [JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
    private sealed partial class ToolJsonContext : JsonSerializerContext;
}
