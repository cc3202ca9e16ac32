using System.Text;

namespace Splade.AI.Tokenization;

/// <summary>Takes the spaces that a token begins or ends with out of its offset: <c>trim_offsets</c> of byte-level tokenizers.</summary>
/// <remarks>
/// Immutable. The rules are those of <c>process_offsets</c> in <c>tokenizers/src/pre_tokenizers/byte_level.rs</c> of Hugging Face's
/// tokenizers 0.23, which counts the spaces in the token and then takes as many characters of the text, whatever they are.
/// </remarks>
internal sealed class OffsetTrimmer
{
    // How a byte-level vocabulary writes the space.
    private const char Space = 'Ġ';

    private readonly (int Leading, int Trailing)[] _spaces;
    private readonly bool _keepsPrefix;

    /// <param name="tokens">The vocabulary by id.</param>
    /// <param name="keepsPrefix">Whether a single space before the text's first token was put there by the tokenizer.</param>
    public OffsetTrimmer(IReadOnlyCollection<string> tokens, bool keepsPrefix)
    {
        _spaces = [.. tokens.Select(token => (CountLeading(token), CountTrailing(token)))];
        _keepsPrefix = keepsPrefix;
    }

    /// <summary>Trims the offset of a token that the model made.</summary>
    public TokenOffset Trim(int id, TokenOffset offset, bool isFirst, ReadOnlySpan<char> original) =>
        Trim(_spaces[id].Leading, _spaces[id].Trailing, offset, isFirst, original);

    /// <summary>Trims the offset of an added token, which counts with the white space that it takes.</summary>
    public TokenOffset Trim(ReadOnlySpan<char> token, TokenOffset offset, bool isFirst, ReadOnlySpan<char> original) =>
        Trim(CountLeading(token), CountTrailing(token), offset, isFirst, original);

    private TokenOffset Trim(int leading, int trailing, TokenOffset offset, bool isFirst, ReadOnlySpan<char> original)
    {
        bool isPrefix = _keepsPrefix && leading == 1 && (isFirst || offset.Start == 0);
        int start = offset.Start;
        for (int spaces = isPrefix ? 0 : leading; spaces > 0 && start < offset.End; spaces--)
        {
            Rune.DecodeFromUtf16(original[start..], out _, out int length);
            start += length;
        }

        return new TokenOffset(start, TrimEnd(trailing, start, offset.End, original));
    }

    private static int TrimEnd(int trailing, int start, int end, ReadOnlySpan<char> original)
    {
        int trimmed = end;
        for (int spaces = trailing; spaces > 0; spaces--)
        {
            if (trimmed == 0)
            {
                return end;
            }

            Rune.DecodeLastFromUtf16(original[..trimmed], out _, out int length);
            trimmed -= length;
        }

        return Math.Max(trimmed, start);
    }

    private static int CountLeading(ReadOnlySpan<char> token)
    {
        int spaces = 0;
        while (spaces < token.Length && IsSpace(token[spaces]))
        {
            spaces++;
        }

        return spaces;
    }

    private static int CountTrailing(ReadOnlySpan<char> token)
    {
        int spaces = 0;
        while (spaces < token.Length && IsSpace(token[^(spaces + 1)]))
        {
            spaces++;
        }

        return spaces;
    }

    private static bool IsSpace(char c) => c == Space || (UnicodeProperties.Shared.TraitsOf(c) & ScalarTraits.WhiteSpace) != 0;
}
