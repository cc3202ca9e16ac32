using System.Text.Json.Nodes;

namespace Splade.AI.Tools;

/// <summary>A parameter of a function as models are told of it.</summary>
/// <param name="name">Its name, in snake_case.</param>
/// <param name="isRequired">Whether every call has to have it.</param>
/// <param name="schema">Its JSON schema, with the limits of one set of options. Null has no place in it: models that see it allowed write it.</param>
internal abstract class ToolParameter(string name, bool isRequired, Func<SpladeAIToolsOptions, JsonObject> schema)
{
    public string Name => name;

    public bool IsRequired => isRequired;

    public JsonObject SchemaFor(SpladeAIToolsOptions options) => schema(options);
}
