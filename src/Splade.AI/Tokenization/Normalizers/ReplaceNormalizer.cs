using System.Text;
using Splade.AI.Tokenization.Patterns;

namespace Splade.AI.Tokenization.Normalizers;

/// <summary>Puts other characters in the place of whatever a pattern matches: Hugging Face's <c>Replace</c>.</summary>
internal sealed class ReplaceNormalizer(Pattern pattern, string content) : Normalizer
{
    /// <inheritdoc/>
    public override bool LeavesUnchanged(ReadOnlySpan<char> text) =>
        text.IsEmpty || (pattern.FindEnd(text, 0, out bool isMatch) == text.Length && !isMatch);

    /// <summary>Appends the text; the source of what is put in is the last character that it stands for.</summary>
    public override void Append(AlignedText text, NormalizedText destination)
    {
        for (int at = 0; at < text.Length;)
        {
            int end = pattern.FindEnd(text.Text, at, out bool isMatch);
            if (!isMatch)
            {
                destination.Append(text.Slice(at, end));
            }
            else
            {
                AppendContent(SourceOfLast(text, end), destination);
            }

            at = end;
        }
    }

    private void AppendContent(TokenOffset source, NormalizedText destination)
    {
        foreach (Rune scalar in content.EnumerateRunes())
        {
            destination.Append(scalar.Value, source);
        }
    }

    private static TokenOffset SourceOfLast(AlignedText text, int end)
    {
        Rune.DecodeLastFromUtf16(text.Text[..end], out _, out int length);
        return text.ToOriginal(end - length, end);
    }
}
