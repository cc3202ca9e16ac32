namespace Splade.Cli.Lines;

/// <summary>A line of input.</summary>
/// <param name="Text">Its text, after its title if it has one.</param>
/// <param name="Id">What names it; null for a line that is a text, or an object without a name.</param>
/// <param name="Metadata">Its metadata, as it stands there; null if it has none.</param>
internal readonly record struct InputLine(string Text, InputId? Id, string? Metadata = null);
