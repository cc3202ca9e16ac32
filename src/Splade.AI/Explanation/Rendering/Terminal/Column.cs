namespace Splade.AI.Explanation.Rendering.Terminal;

/// <summary>A column of a table.</summary>
/// <param name="Title">Its title.</param>
/// <param name="IsRight">Whether it is aligned to the right, as numbers are.</param>
/// <param name="IsWords">Whether its texts may be cut where there is not enough room.</param>
internal readonly record struct Column(string Title, bool IsRight = false, bool IsWords = false);
