using System.Diagnostics;
using Splade.AI.Tokenization.Normalizers;

namespace Splade.AI.Tokenization;

/// <summary>What a normalizer and BERT's pre-tokenizer make of each ASCII character, for text that is nothing else.</summary>
internal sealed class AsciiMap
{
    public const int Size = 128;

    private readonly byte[] _letters = new byte[Size];
    private readonly bool[] _isSpace = new bool[Size];
    private readonly bool[] _isPunctuation = new bool[Size];

    public AsciiMap(BertNormalizer normalizer)
    {
        for (int c = 0; c < Size; c++)
        {
            ScalarTraits traits = UnicodeProperties.Shared.TraitsOf(c);
            bool removed = normalizer.CleansText && traits.HasFlag(ScalarTraits.Removed);
            _isSpace[c] = !removed && traits.HasFlag(ScalarTraits.WhiteSpace);
            _isPunctuation[c] = !removed && traits.HasFlag(ScalarTraits.Punctuation);
            Debug.Assert((traits & (ScalarTraits.Mark | ScalarTraits.Combining | ScalarTraits.Decomposes)) == 0, "ASCII has no accents.");
            bool isLetter = !removed && !_isSpace[c] && !_isPunctuation[c];
            bool lowered = normalizer.Lowers && traits.HasFlag(ScalarTraits.Cased);
            _letters[c] = (byte)(isLetter ? lowered ? UnicodeProperties.Shared.LowercaseOf(c) : c : 0);
        }
    }

    /// <summary>The normalized character where the character is part of a word, otherwise 0.</summary>
    public ReadOnlySpan<byte> Letters => _letters;

    public bool IsSpace(char c) => c < Size && _isSpace[c];

    public bool IsPunctuation(char c) => c < Size && _isPunctuation[c];
}
