using System.Text;

namespace Splade.AI.Tokenization;

/// <summary>Walks over the added tokens of a text that count, by the rules of Hugging Face's <c>AddedVocabulary</c>.</summary>
/// <remarks>
/// A token that is found but does not count is still passed over: nothing is looked for inside it. White space that a token takes counts again
/// for a token that begins in it: then a match begins, and may end, before the one before it has ended.
/// </remarks>
internal ref struct AddedTokenEnumerator(AddedTokenMatcher matcher, ReadOnlySpan<char> text, bool withSpecial)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _searched;

    public AddedTokenMatch Current { get; private set; }

    public bool MoveNext()
    {
        while (matcher.FindFirst(_text, _searched, out int start) is AddedToken token)
        {
            int end = start + token.Content.Length;
            _searched = end;
            if ((token.Special && !withSpecial) || (token.SingleWord && TouchesWord(start, end)))
            {
                continue;
            }

            // The token before may have taken the space between them already, or all of this one.
            start = token.TakesSpaceBefore ? Math.Max(SpaceBefore(start), Current.End) : start;
            if (start >= end)
            {
                continue;
            }

            Current = new AddedTokenMatch(token.Id, start, token.TakesSpaceAfter ? SpaceAfter(end) : end);
            return true;
        }

        return false;
    }

    private readonly bool TouchesWord(int start, int end)
    {
        Rune.DecodeLastFromUtf16(_text[..start], out Rune before, out _);
        Rune.DecodeFromUtf16(_text[end..], out Rune after, out _);
        return (start > 0 && WordCharacters.Contains(before)) || (end < _text.Length && WordCharacters.Contains(after));
    }

    // White space is all within the basic plane: code units are enough here.
    private readonly int SpaceBefore(int start)
    {
        while (start > 0 && IsSpace(_text[start - 1]))
        {
            start--;
        }

        return start;
    }

    private readonly int SpaceAfter(int end)
    {
        while (end < _text.Length && IsSpace(_text[end]))
        {
            end++;
        }

        return end;
    }

    private static bool IsSpace(char c) => UnicodeProperties.Shared.TraitsOf(c).HasFlag(ScalarTraits.WhiteSpace);
}
