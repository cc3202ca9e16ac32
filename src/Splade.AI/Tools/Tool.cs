namespace Splade.AI.Tools;

/// <summary>A function for agents: what models are told of it, what it takes, and what it does.</summary>
/// <param name="Name">Its name, before the prefix.</param>
/// <param name="Description">What it does, with <c>{0}</c> for what the stored texts are about.</param>
/// <param name="Parameters">What it takes.</param>
/// <param name="RunAsync">
/// What it does. What the model can mend is thrown as a <see cref="ToolProblemException"/>; an argument that is refused after the parameters were
/// read is a mistake of whoever set it up.
/// </param>
internal sealed record Tool(string Name, string Description, IReadOnlyList<ToolParameter> Parameters, Func<ToolCall, Task<ToolResult>> RunAsync)
{
    /// <summary>Whether it works on a retriever, and is not offered without one.</summary>
    public bool Searches { get; init; }

    /// <summary>Whether it needs an encoder that adds words to a text, and is not offered with another.</summary>
    public bool Expands { get; init; }
}
