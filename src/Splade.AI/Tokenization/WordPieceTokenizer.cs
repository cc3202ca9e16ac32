using System.Diagnostics;
using System.Text;
using Splade.AI.Tokenization.Models;
using Splade.AI.Tokenization.Normalizers;

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
    private readonly WordPieceModel _model;
    private readonly AsciiMap _ascii;

    /// <param name="parts">What every tokenizer has; offsets are not trimmed.</param>
    /// <param name="normalizer">What is done to the text first.</param>
    /// <param name="model">Splits words into pieces.</param>
    public WordPieceTokenizer(TokenizerParts parts, BertNormalizer normalizer, WordPieceModel model)
        : base(parts)
    {
        Debug.Assert(parts.Trimmer is null, "Words that go straight to the model keep their offsets.");
        _normalizer = normalizer;
        _model = model;
        _ascii = new AsciiMap(normalizer);
    }

    private protected override void AppendPart(
        ReadOnlySpan<char> text, int start, int end, bool withSpecialTokens, TokenBuffer destination)
    {
        if (HasNoNormalizedTokens)
        {
            AppendPlain(text, start, end, destination);
        }
        else
        {
            AppendNormalized(Normalize(text, start, end, destination), text, withSpecialTokens, destination);
        }
    }

    /// <summary>Splits normalized text as <c>BertPreTokenizer</c> does, and appends its words.</summary>
    private protected override void AppendWords(AlignedText text, TokenBuffer destination)
    {
        int firstToken = destination.Count;
        int wordStart = 0;
        for (int at = 0; at < text.Length && !destination.IsOverfull;)
        {
            Rune.DecodeFromUtf16(text.Text[at..], out Rune scalar, out int length);
            ScalarTraits traits = UnicodeProperties.Shared.TraitsOf(scalar.Value);
            bool isPunctuation = (traits & ScalarTraits.Punctuation) != 0;
            if (isPunctuation || (traits & ScalarTraits.WhiteSpace) != 0)
            {
                AppendWord(text.Text[wordStart..at], wordStart, destination);
                AppendWord(isPunctuation ? text.Text.Slice(at, length) : [], at, destination);
                wordStart = at + length;
            }

            at += length;
        }

        AppendWord(text.Text[wordStart..], wordStart, destination);
        destination.MapOffsets(firstToken, text);
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
        AppendWords(Normalize(text, start, end, destination), destination);
        return end;
    }

    private AlignedText Normalize(ReadOnlySpan<char> text, int start, int end, TokenBuffer destination)
    {
        NormalizedText normalized = destination.Memory.Normalized;
        normalized.Clear();
        _normalizer.Append(new AlignedText(text[start..end], start), normalized);
        return normalized.View;
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
