namespace Splade.AI.Tokenization.Patterns;

/// <summary>Cuts a text into what it matches and what stands between, from left to right.</summary>
/// <remarks>Immutable. Each takes the place of a regular expression that tokenizers have in their files.</remarks>
internal abstract class Pattern
{
    /// <summary>Finds the end of the match that begins at a position, or else of the text up to the next match.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="start">Where the match or segment before ended, before the end of the text.</param>
    /// <param name="isMatch">Whether a match begins there.</param>
    public abstract int FindEnd(ReadOnlySpan<char> text, int start, out bool isMatch);
}
