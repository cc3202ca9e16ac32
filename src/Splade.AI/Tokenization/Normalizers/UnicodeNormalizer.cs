using System.Text;

namespace Splade.AI.Tokenization.Normalizers;

/// <summary>One of the four normalization forms of Unicode: NFC, NFD, NFKC, NFKD.</summary>
/// <param name="composes">Whether what was decomposed is put together again: the forms with C.</param>
/// <param name="isCompatible">Whether also what only looks alike is decomposed: the forms with K.</param>
internal sealed class UnicodeNormalizer(bool composes, bool isCompatible) : Normalizer
{
    private static readonly UnicodeProperties Unicode = UnicodeProperties.Shared;

    // What a text that stays as it is does not have: without composition nothing that decomposes, otherwise nothing that may be a part.
    private readonly ScalarTraits _changing = ScalarTraits.Combining
        | (composes ? ScalarTraits.Attaches | ScalarTraits.Uncomposed : ScalarTraits.Decomposes)
        | (isCompatible ? ScalarTraits.Compatible : ScalarTraits.None);

    /// <inheritdoc/>
    public override bool LeavesUnchanged(ReadOnlySpan<char> text)
    {
        if (Ascii.IsValid(text))
        {
            return true;
        }

        foreach (Rune scalar in text.EnumerateRunes())
        {
            if ((Unicode.TraitsOf(scalar.Value) & _changing) != 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override void Append(AlignedText text, NormalizedText destination)
    {
        var result = new Transformation(text, destination);
        destination.PendingMarks.Begin(default);
        for (int at = 0; at < text.Length;)
        {
            Rune.DecodeFromUtf16(text.Text[at..], out Rune scalar, out int length);
            Decompose(scalar.Value, destination, ref result);
            at += length;
        }

        FlushMarks(destination, ref result);
        destination.Composer.Flush(ref result);
    }

    private void Decompose(int scalar, NormalizedText destination, ref Transformation result)
    {
        ScalarTraits traits = Unicode.TraitsOf(scalar);
        if (isCompatible && (traits & ScalarTraits.Compatible) != 0)
        {
            AddAll(Unicode.CompatibilityDecompositionOf(scalar), destination, ref result);
        }
        else if ((traits & ScalarTraits.Decomposes) == 0)
        {
            Add(scalar, isFirst: true, destination, ref result);
        }
        else if (UnicodeProperties.TryDecomposeHangul(scalar, out int lead, out int vowel, out int trail))
        {
            AddAll(trail == 0 ? [lead, vowel] : [lead, vowel, trail], destination, ref result);
        }
        else
        {
            AddAll(Unicode.DecompositionOf(scalar), destination, ref result);
        }
    }

    private void AddAll(scoped ReadOnlySpan<int> parts, NormalizedText destination, ref Transformation result)
    {
        for (int i = 0; i < parts.Length; i++)
        {
            Add(parts[i], i == 0, destination, ref result);
        }
    }

    private void Add(int scalar, bool isFirst, NormalizedText destination, ref Transformation result)
    {
        if ((Unicode.TraitsOf(scalar) & ScalarTraits.Combining) != 0)
        {
            destination.PendingMarks.Add(scalar, Unicode.CombiningClassOf(scalar), isFirst, default);
            return;
        }

        FlushMarks(destination, ref result);
        Compose(scalar, combiningClass: 0, isFirst, destination, ref result);
    }

    private void FlushMarks(NormalizedText destination, ref Transformation result)
    {
        foreach (PlacedScalar mark in destination.PendingMarks.InOrder())
        {
            Compose(mark.Scalar, Unicode.CombiningClassOf(mark.Scalar), mark.IsFirst, destination, ref result);
        }

        destination.PendingMarks.Begin(default);
    }

    private void Compose(int scalar, int combiningClass, bool isFirst, NormalizedText destination, ref Transformation result)
    {
        int change = isFirst ? 0 : 1;
        if (composes)
        {
            destination.Composer.Add(scalar, combiningClass, change, ref result);
        }
        else
        {
            result.Append(scalar, change);
        }
    }
}
