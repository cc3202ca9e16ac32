namespace Splade.AI.Tokenization.Normalizers;

/// <summary>Drops white space at the ends of the text: Hugging Face's <c>Strip</c>.</summary>
internal sealed class SpaceStripper(bool atStart, bool atEnd) : Normalizer
{
    /// <inheritdoc/>
    public override bool LeavesUnchanged(ReadOnlySpan<char> text) =>
        text.IsEmpty || !((atStart && IsSpace(text[0])) || (atEnd && IsSpace(text[^1])));

    /// <inheritdoc/>
    public override void Append(AlignedText text, NormalizedText destination)
    {
        int start = 0;
        while (atStart && start < text.Length && IsSpace(text.Text[start]))
        {
            start++;
        }

        int end = text.Length;
        while (atEnd && end > start && IsSpace(text.Text[end - 1]))
        {
            end--;
        }

        destination.Append(text.Slice(start, end));
    }

    // White space is all within the basic plane: code units are enough here.
    private static bool IsSpace(char c) => (UnicodeProperties.Shared.TraitsOf(c) & ScalarTraits.WhiteSpace) != 0;
}
