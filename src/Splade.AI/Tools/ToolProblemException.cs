namespace Splade.AI.Tools;

/// <summary>A call that its caller can mend. Never leaves this folder: it becomes the error of a result.</summary>
/// <param name="error">What is wrong, as a sentence.</param>
/// <param name="hint">What the caller can do, as a sentence.</param>
internal sealed class ToolProblemException(string error, string hint) : Exception(error)
{
    public string Hint => hint;
}
