namespace Splade.AI.Tools;

/// <summary>A call that its caller can mend, and how.</summary>
internal sealed record ToolProblem : SpladeToolResult;
