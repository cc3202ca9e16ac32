using System.Text.Json.Nodes;

namespace Splade.AI.Tools;

/// <summary>A parameter, and how it is read from a call.</summary>
/// <remarks>
/// Models are sloppy: numbers come as strings, lists as one text, names in another case, and optional arguments as null. All of that has one
/// meaning. What has none becomes a <see cref="ToolProblemException"/>, which tells the model more than the failure of a binder would.
/// </remarks>
internal sealed class ToolParameter<T>(
    string name, bool isRequired, Func<SpladeAIToolsOptions, JsonObject> schema, Func<object?, SpladeAIToolsOptions, T> read)
    : ToolParameter(name, isRequired, schema)
{
    /// <exception cref="ToolProblemException">The argument is missing, or of another type than is expected.</exception>
    public T Read(ToolCall call) => read(call.Find(Name), call.Options);
}
