namespace Splade.AI.Tokenization.Patterns;

/// <summary>Matches given characters, not none.</summary>
internal sealed class LiteralPattern(string literal) : Pattern
{
    /// <inheritdoc/>
    public override int FindEnd(ReadOnlySpan<char> text, int start, out bool isMatch)
    {
        int distance = text[start..].IndexOf(literal, StringComparison.Ordinal);
        isMatch = distance == 0;
        return isMatch ? start + literal.Length : distance < 0 ? text.Length : start + distance;
    }
}
