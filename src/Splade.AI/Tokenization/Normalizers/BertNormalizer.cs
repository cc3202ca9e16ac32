using System.Text;

namespace Splade.AI.Tokenization.Normalizers;

/// <summary>
/// The normalizer of BERT models: clean the text, put spaces around Chinese characters, decompose and drop accents, lower the case, in
/// this order.
/// </summary>
/// <remarks>
/// Immutable. The rules are those of <c>tokenizers/src/normalizers/bert.rs</c> in Hugging Face's tokenizers 0.23. Each step there runs
/// over the whole text; here each scalar goes through all steps, which is the same because no step but the order of marks looks further
/// than one scalar.
/// </remarks>
internal sealed class BertNormalizer : Normalizer
{
    private const int CapitalIWithDot = 0x130;
    private const int CombiningDotAbove = 0x307;

    private static readonly UnicodeProperties Unicode = UnicodeProperties.Shared;

    /// <summary>Changes nothing: for a <c>tokenizer.json</c> without normalizer.</summary>
    public static BertNormalizer None { get; } = new();

    public bool CleansText { get; init; }

    public bool SeparatesChinese { get; init; }

    public bool StripsAccents { get; init; }

    public bool Lowers { get; init; }

    /// <inheritdoc/>
    public override bool LeavesUnchanged(ReadOnlySpan<char> text) => !(CleansText || SeparatesChinese || StripsAccents || Lowers);

    /// <summary>Appends the normalized text. A lone surrogate counts as U+FFFD.</summary>
    public override void Append(AlignedText text, NormalizedText destination)
    {
        destination.PendingMarks.Begin(default);
        for (int at = 0; at < text.Length;)
        {
            Rune.DecodeFromUtf16(text.Text[at..], out Rune scalar, out int length);
            Clean(scalar.Value, text.ToOriginal(at, at + length), destination);
            at += length;
        }

        FlushMarks(destination);
    }

    /// <summary>Finds where a part of a text ends that can be normalized, and split into words, apart from all others.</summary>
    /// <remarks>
    /// It ends before ASCII punctuation, white space, and Chinese characters that are put between spaces: a word ends there, and no mark
    /// changes places across. So the memory that normalization takes is bounded by the longest word, not by the text.
    /// </remarks>
    public int FindSegmentEnd(ReadOnlySpan<char> text, int start)
    {
        int at = start;
        do
        {
            Rune.DecodeFromUtf16(text[at..], out _, out int length);
            at += length;
        }
        while (at < text.Length && !EndsSegment(text[at..]));

        return at;
    }

    private bool EndsSegment(ReadOnlySpan<char> text)
    {
        Rune.DecodeFromUtf16(text, out Rune scalar, out _);
        ScalarTraits traits = Unicode.TraitsOf(scalar.Value);
        if (CleansText && (traits & ScalarTraits.Removed) != 0)
        {
            return false;
        }

        return (traits & ScalarTraits.WhiteSpace) != 0
            || (scalar.IsAscii && (traits & ScalarTraits.Punctuation) != 0)
            || (SeparatesChinese && (traits & ScalarTraits.Chinese) != 0);
    }

    private void Clean(int scalar, TokenOffset source, NormalizedText destination)
    {
        ScalarTraits traits = Unicode.TraitsOf(scalar);
        if (CleansText && (traits & (ScalarTraits.Removed | ScalarTraits.WhiteSpace)) != 0)
        {
            if ((traits & ScalarTraits.Removed) == 0)
            {
                Decompose(' ', source, destination);
            }
        }
        else if (SeparatesChinese && (traits & ScalarTraits.Chinese) != 0)
        {
            Decompose(' ', source, destination);
            Decompose(scalar, source, destination);
            Decompose(' ', source, destination);
        }
        else
        {
            Decompose(scalar, source, destination);
        }
    }

    private void Decompose(int scalar, TokenOffset source, NormalizedText destination)
    {
        if (!StripsAccents)
        {
            Lower(scalar, source, destination);
        }
        else if ((Unicode.TraitsOf(scalar) & ScalarTraits.Decomposes) == 0)
        {
            Place(scalar, isFirst: true, source, destination);
        }
        else if (UnicodeProperties.TryDecomposeHangul(scalar, out int lead, out int vowel, out int trail))
        {
            Place(lead, isFirst: true, source, destination);
            Place(vowel, isFirst: false, source, destination);
            if (trail != 0)
            {
                Place(trail, isFirst: false, source, destination);
            }
        }
        else
        {
            bool isFirst = true;
            foreach (int part in Unicode.DecompositionOf(scalar))
            {
                Place(part, isFirst, source, destination);
                isFirst = false;
            }
        }
    }

    private void Place(int scalar, bool isFirst, TokenOffset source, NormalizedText destination)
    {
        if ((Unicode.TraitsOf(scalar) & ScalarTraits.Combining) != 0)
        {
            destination.PendingMarks.Add(scalar, Unicode.CombiningClassOf(scalar), isFirst, source);
            return;
        }

        FlushMarks(destination);
        destination.PendingMarks.Begin(source);
        Strip(scalar, source, destination);
    }

    private void FlushMarks(NormalizedText destination)
    {
        foreach (PlacedScalar mark in destination.PendingMarks.InOrder())
        {
            Strip(mark.Scalar, mark.Source, destination);
        }
    }

    private void Strip(int scalar, TokenOffset source, NormalizedText destination)
    {
        if ((Unicode.TraitsOf(scalar) & ScalarTraits.Mark) == 0)
        {
            Lower(scalar, source, destination);
        }
    }

    private void Lower(int scalar, TokenOffset source, NormalizedText destination)
    {
        if (!Lowers || (Unicode.TraitsOf(scalar) & ScalarTraits.Cased) == 0)
        {
            destination.Append(scalar, source);
        }
        else if (scalar == CapitalIWithDot)
        {
            // The one scalar whose lower case is two.
            destination.Append('i', source);
            destination.Append(CombiningDotAbove, source);
        }
        else
        {
            destination.Append(Unicode.LowercaseOf(scalar), source);
        }
    }
}
