using Microsoft.Extensions.AI;

namespace Splade.AI.Tools;

/// <summary>The arguments of a call as a language model wrote them, read one by one.</summary>
internal readonly struct GivenArguments(AIFunctionArguments given)
{
    /// <summary>A text; null if there is none, which the function then says.</summary>
    /// <exception cref="ToolProblemException">It is something else.</exception>
    public string? Text(string name) => ToolArgument.Text(name, ToolArguments.Find(given, name));

    /// <summary>A whole number; null if there is none.</summary>
    /// <exception cref="ToolProblemException">It is something else.</exception>
    public int? Integer(string name) => ToolArgument.Integer(name, ToolArguments.Find(given, name));

    /// <summary>Texts; null if there are none.</summary>
    /// <exception cref="ToolProblemException">They are something else.</exception>
    public IReadOnlyList<string>? Texts(string name) => ToolArgument.Texts(name, ToolArguments.Find(given, name));
}
