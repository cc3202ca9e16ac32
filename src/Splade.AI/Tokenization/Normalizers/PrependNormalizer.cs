using System.Text;

namespace Splade.AI.Tokenization.Normalizers;

/// <summary>Puts characters before a text that is not empty: Hugging Face's <c>Prepend</c>.</summary>
internal sealed class PrependNormalizer(string prefix) : Normalizer
{
    /// <inheritdoc/>
    public override bool LeavesUnchanged(ReadOnlySpan<char> text) => text.IsEmpty || prefix.Length == 0;

    /// <summary>Appends the prefix, whose source is the first character, and the text.</summary>
    public override void Append(AlignedText text, NormalizedText destination)
    {
        foreach (Rune scalar in prefix.EnumerateRunes())
        {
            destination.Append(scalar.Value, text.SourceOfScalar(0));
        }

        destination.Append(text);
    }
}
