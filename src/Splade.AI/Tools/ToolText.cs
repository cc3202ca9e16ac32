namespace Splade.AI.Tools;

/// <summary>A text as far as a function reads it.</summary>
/// <param name="Text">The text.</param>
/// <param name="IsCut">Whether its end was cut off.</param>
internal readonly record struct ToolText(string Text, bool IsCut);
