using System.Text.Json;
using System.Text.Json.Serialization;

namespace Splade.AI.Tools;

/// <summary>The functions there are, in the order in which models are offered them, and what they return.</summary>
/// <remarks>A new one is a file with its definition, and its two lines here: whatever offers functions goes through this table.</remarks>
internal static partial class ToolTable
{
    /// <summary>What chat services allow for the name of a function.</summary>
    private const int MaxNameLength = 64;

    public static IReadOnlyList<Tool> Tools { get; } =
    [
        EncodeTool.Definition,
        ExplainTool.Definition,
        CompareTool.Definition,
        ExpandTool.Definition,
        SearchTool.Definition,
        ReadPassageTool.Definition,
    ];

    /// <summary>What the longest of the names leaves for a prefix.</summary>
    public static int MaxPrefixLength { get; } = MaxNameLength - Tools.Max(tool => tool.Name.Length);

    [JsonSerializable(typeof(string))]
    [JsonSerializable(typeof(JsonElement))]
    [JsonSerializable(typeof(ToolResult))]
    [JsonSerializable(typeof(EncodeResult))]
    [JsonSerializable(typeof(ExplainResult))]
    [JsonSerializable(typeof(CompareResult))]
    [JsonSerializable(typeof(ExpandResult))]
    [JsonSerializable(typeof(SearchResult))]
    [JsonSerializable(typeof(ReadPassageResult))]
    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
    internal sealed partial class Json : JsonSerializerContext;
}
