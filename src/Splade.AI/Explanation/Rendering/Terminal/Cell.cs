namespace Splade.AI.Explanation.Rendering.Terminal;

/// <summary>A cell of a table.</summary>
/// <param name="Text">What stands in it, on one line.</param>
/// <param name="Paint">Gives it its look; null for none.</param>
internal readonly record struct Cell(string Text, Func<string, string>? Paint = null);
