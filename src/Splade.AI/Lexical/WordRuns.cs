using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using Splade.AI.Tokenization;

namespace Splade.AI.Lexical;

/// <summary>The words of FastEmbed's rule (<c>utils/tokenizer.py</c>): maximal runs of what Python's <c>\w</c> is.</summary>
internal static class WordRuns
{
    /// <summary>Its lower case is an i and a mark, which is no part of words: there a word ends.</summary>
    public const char DottedI = '\u0130';

    private const int CharactersBetweenLooks = 1 << 14;

    /// <summary>So many characters are classified at once where they are ASCII.</summary>
    private const int Block = 32;

    private const int None = -1;

    /// <summary>A bit for each category: letters of any kind, and numbers of any kind.</summary>
    private const uint LettersAndNumbers =
        (1u << (int)UnicodeCategory.UppercaseLetter) | (1u << (int)UnicodeCategory.LowercaseLetter) | (1u << (int)UnicodeCategory.TitlecaseLetter)
        | (1u << (int)UnicodeCategory.ModifierLetter) | (1u << (int)UnicodeCategory.OtherLetter)
        | (1u << (int)UnicodeCategory.DecimalDigitNumber) | (1u << (int)UnicodeCategory.LetterNumber) | (1u << (int)UnicodeCategory.OtherNumber);

    private static readonly bool[] AsciiWord = [.. Enumerable.Range(0, 128).Select(c => char.IsAsciiLetterOrDigit((char)c) || c == '_')];

    /// <summary>Adds where the words of a text stand.</summary>
    /// <param name="text">The text.</param>
    /// <param name="words">Takes them.</param>
    /// <param name="cancellationToken">Observed every few thousand characters, in a word of any length too.</param>
    public static void Cut(string text, List<TokenOffset> words, CancellationToken cancellationToken = default)
    {
        int start = None;
        int nextLook = 0;
        for (int at = 0; at < text.Length;)
        {
            if (at >= nextLook)
            {
                cancellationToken.ThrowIfCancellationRequested();
                nextLook = at + CharactersBetweenLooks;
            }

            if (text.Length - at >= Block && TryClassify(text.AsSpan(at, Block), out uint isWord))
            {
                AddEdges(isWord, at, words, ref start);
                at += Block;
                continue;
            }

            for (int end = Math.Min(text.Length, at + Block); at < end;)
            {
                at = Step(text, at, words, ref start);
            }
        }

        if (start != None)
        {
            words.Add(new TokenOffset(start, text.Length));
        }
    }

    /// <summary>Tells which of a block's characters are of words, a bit for each from the lowest on, if all are ASCII.</summary>
    private static bool TryClassify(ReadOnlySpan<char> block, out uint isWord)
    {
        ref ushort first = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(block));
        Vector256<ushort> low = Vector256.LoadUnsafe(ref first), high = Vector256.LoadUnsafe(ref first, (nuint)Vector256<ushort>.Count);
        if (((low | high) & Vector256.Create<ushort>(0xFF80)) != default)
        {
            isWord = 0;
            return false;
        }

        Vector256<byte> letters = Vector256.Narrow(low, high);
        Vector256<byte> isLetter = Vector256.LessThan((letters | Vector256.Create((byte)0x20)) - Vector256.Create((byte)'a'), Vector256.Create((byte)26));
        Vector256<byte> isDigit = Vector256.LessThan(letters - Vector256.Create((byte)'0'), Vector256.Create((byte)10));
        isWord = (isLetter | isDigit | Vector256.Equals(letters, Vector256.Create((byte)'_'))).ExtractMostSignificantBits();
        return true;
    }

    /// <summary>Begins and ends words where a block's bits change.</summary>
    /// <param name="isWord">The bits.</param>
    /// <param name="at">Where the block begins.</param>
    /// <param name="words">Takes the words that end.</param>
    /// <param name="start">Where the word began that goes on; <see cref="None"/> for none.</param>
    private static void AddEdges(uint isWord, int at, List<TokenOffset> words, ref int start)
    {
        for (uint edges = isWord ^ ((isWord << 1) | (start == None ? 0u : 1)); edges != 0; edges &= edges - 1)
        {
            int place = at + BitOperations.TrailingZeroCount(edges);
            if (start == None)
            {
                start = place;
            }
            else
            {
                words.Add(new TokenOffset(start, place));
                start = None;
            }
        }
    }

    /// <summary>Passes a character of any kind.</summary>
    /// <returns>Where the next one begins.</returns>
    private static int Step(string text, int at, List<TokenOffset> words, ref int start)
    {
        char c = text[at];
        int width = c < AsciiWord.Length ? (AsciiWord[c] ? 1 : 0) : WidthAt(text, at);
        if (width > 0 && start == None)
        {
            start = at;
        }

        at += width;
        if (start != None && (width == 0 || c == DottedI))
        {
            words.Add(new TokenOffset(start, at));
            start = None;
        }

        return width == 0 ? at + 1 : at;
    }

    /// <summary>How many code units the character of a word has that begins somewhere and is not ASCII; 0 if none does.</summary>
    private static int WidthAt(string text, int at)
    {
        char c = text[at];
        return !char.IsSurrogate(c) ? (IsLetterOrNumber(CharUnicodeInfo.GetUnicodeCategory(c)) ? 1 : 0)
            : Rune.TryGetRuneAt(text, at, out Rune scalar) && IsLetterOrNumber(Rune.GetUnicodeCategory(scalar)) ? 2
            : 0;
    }

    private static bool IsLetterOrNumber(UnicodeCategory category) => (LettersAndNumbers >> (int)category & 1) != 0;
}
