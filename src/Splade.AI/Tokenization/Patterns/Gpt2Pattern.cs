namespace Splade.AI.Tokenization.Patterns;

/// <summary>
/// The words of GPT-2, RoBERTa and ModernBERT:
/// <c>'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+</c>. Everything is part of a match.
/// </summary>
internal sealed class Gpt2Pattern : Pattern
{
    /// <inheritdoc/>
    public override int FindEnd(ReadOnlySpan<char> text, int start, out bool isMatch)
    {
        isMatch = true;
        char c = text[start];
        if (c == '\'' && ContractionLength(text[(start + 1)..]) is > 0 and int length)
        {
            return start + 1 + length;
        }

        int first = c == ' ' && start + 1 < text.Length ? start + 1 : start;
        ScalarTraits kind = CharacterRuns.KindAt(text, first, out int firstLength);
        return (kind & ScalarTraits.WhiteSpace) != 0
            ? CharacterRuns.EndOfSpaces(text, start)
            : CharacterRuns.EndOfRun(text, first + firstLength, kind);
    }

    private static int ContractionLength(ReadOnlySpan<char> text) => text switch
    {
        ['s' or 't' or 'm' or 'd', ..] => 1,
        ['r' or 'v', 'e', ..] or ['l', 'l', ..] => 2,
        _ => 0,
    };
}
