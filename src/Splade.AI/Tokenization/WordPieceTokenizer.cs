using System.Text;

namespace Splade.AI.Tokenization;

/// <summary>BERT's tokenizer: normalize, split at white space and around punctuation, and split words into pieces.</summary>
/// <remarks>
/// Immutable. Words of plain ASCII, nearly all there is in English, go straight from the text to the table of pieces. What surrounds
/// anything else, up to the next white space or punctuation, is normalized into the buffer's working memory first; both ways give the
/// same tokens.
/// </remarks>
internal sealed class WordPieceTokenizer : Tokenizer
{
    // Longer words are rare, and the general way takes words of any length.
    private const int LongestQuickWord = 64;

    private readonly BertNormalizer _normalizer;
    private readonly AddedTokenMatcher _normalizedTokens;
    private readonly WordPieceModel _model;
    private readonly AsciiMap _ascii;

    /// <param name="vocabulary">All tokens, the added ones included.</param>
    /// <param name="addedTokens">Added tokens to find in the text as it is.</param>
    /// <param name="normalizedTokens">Added tokens to find in the normalized text.</param>
    /// <param name="template">The tokens around every text.</param>
    /// <param name="normalizer">What is done to the text first.</param>
    /// <param name="model">Splits words into pieces.</param>
    public WordPieceTokenizer(
        Vocabulary vocabulary,
        AddedTokenMatcher addedTokens,
        AddedTokenMatcher normalizedTokens,
        TokenTemplate template,
        BertNormalizer normalizer,
        WordPieceModel model)
        : base(vocabulary, addedTokens, template)
    {
        _normalizedTokens = normalizedTokens;
        _normalizer = normalizer;
        _model = model;
        _ascii = new AsciiMap(normalizer);
    }

    private protected override void AppendPart(
        ReadOnlySpan<char> text, int start, int end, bool withSpecialTokens, TokenBuffer destination)
    {
        if (_normalizedTokens.IsEmpty)
        {
            AppendPlain(text, start, end, destination);
        }
        else
        {
            AppendWithNormalizedTokens(text, start, end, withSpecialTokens, destination);
        }
    }

    private void AppendWithNormalizedTokens(ReadOnlySpan<char> text, int start, int end, bool withSpecialTokens, TokenBuffer destination)
    {
        NormalizedText normalized = Normalize(text, start, end, destination);
        int done = 0;
        AddedTokenEnumerator matches = _normalizedTokens.Matches(normalized.Text, withSpecialTokens);
        while (!destination.IsOverfull && matches.MoveNext())
        {
            AddedTokenMatch match = matches.Current;
            AppendNormalized(normalized, done, match.Start, destination);
            TokenOffset source = normalized.ToOriginal(match.Start, match.End);
            destination.Add(match.Id, source.Start, source.End);
            done = match.End;
        }

        AppendNormalized(normalized, done, normalized.Text.Length, destination);
    }

    private void AppendPlain(ReadOnlySpan<char> text, int start, int end, TokenBuffer destination)
    {
        Span<char> word = stackalloc char[LongestQuickWord];
        int at = start;
        while (at < end && !destination.IsOverfull)
        {
            char c = text[at];
            if (_ascii.IsSpace(c))
            {
                at++;
            }
            else if (_ascii.IsPunctuation(c))
            {
                AppendWord(text.Slice(at, 1), at, destination);
                at++;
            }
            else
            {
                at = AppendWordAt(at, text[..end], word, destination);
            }
        }
    }

    /// <summary>Appends the word that begins at a position, which is neither white space nor punctuation of ASCII.</summary>
    /// <returns>Where to go on.</returns>
    private int AppendWordAt(int start, ReadOnlySpan<char> text, Span<char> word, TokenBuffer destination)
    {
        ReadOnlySpan<byte> letters = _ascii.Letters;
        uint hash = PieceTable.EmptyHash;
        int length = 0;
        int at = start;
        while (at < text.Length && length < word.Length)
        {
            char c = text[at];
            char letter = c < letters.Length ? (char)letters[c] : '\0';
            if (letter == 0)
            {
                break;
            }

            word[length++] = letter;
            hash = PieceTable.Extend(hash, letter);
            at++;
        }

        if (at < text.Length && !EndsWord(text[at]))
        {
            return AppendSegmentAt(start, text, destination);
        }

        _model.Append(word[..length], hash, start, destination);
        return at;
    }

    /// <summary>Appends what begins at a position and ends where surely a word ends, whatever it is made of.</summary>
    /// <returns>Where to go on.</returns>
    private int AppendSegmentAt(int start, ReadOnlySpan<char> text, TokenBuffer destination)
    {
        int end = _normalizer.FindSegmentEnd(text, start);
        NormalizedText normalized = Normalize(text, start, end, destination);
        AppendNormalized(normalized, 0, normalized.Text.Length, destination);
        return end;
    }

    private NormalizedText Normalize(ReadOnlySpan<char> text, int start, int end, TokenBuffer destination)
    {
        destination.Scratch.Clear();
        _normalizer.Append(text, start, end, destination.Scratch);
        return destination.Scratch;
    }

    /// <summary>Splits a part of normalized text as <c>BertPreTokenizer</c> does, and appends its words.</summary>
    private void AppendNormalized(NormalizedText normalized, int start, int end, TokenBuffer destination)
    {
        int firstToken = destination.Count;
        int wordStart = start;
        for (int at = start; at < end && !destination.IsOverfull;)
        {
            Rune.DecodeFromUtf16(normalized.Text[at..end], out Rune scalar, out int length);
            ScalarTraits traits = UnicodeProperties.Shared.TraitsOf(scalar.Value);
            bool isPunctuation = (traits & ScalarTraits.Punctuation) != 0;
            if (isPunctuation || (traits & ScalarTraits.WhiteSpace) != 0)
            {
                AppendWord(normalized.Text[wordStart..at], wordStart, destination);
                AppendWord(isPunctuation ? normalized.Text.Slice(at, length) : [], at, destination);
                wordStart = at + length;
            }

            at += length;
        }

        AppendWord(normalized.Text[wordStart..end], wordStart, destination);
        destination.MapOffsets(firstToken, normalized);
    }

    private void AppendWord(ReadOnlySpan<char> word, int offset, TokenBuffer destination)
    {
        if (!word.IsEmpty)
        {
            _model.Append(word, PieceTable.Hash(word), offset, destination);
        }
    }

    private bool EndsWord(char c) => _ascii.IsSpace(c) || _ascii.IsPunctuation(c);
}
