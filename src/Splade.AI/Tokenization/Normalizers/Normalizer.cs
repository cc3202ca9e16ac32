namespace Splade.AI.Tokenization.Normalizers;

/// <summary>One step of what is done to a text before it is split into words.</summary>
/// <remarks>Immutable. Which source each character of the result has is that of Hugging Face's <c>NormalizedString</c>.</remarks>
internal abstract class Normalizer
{
    /// <summary>Whether the text surely stays as it is. May be false where it would as well.</summary>
    /// <param name="text">A text without lone surrogates.</param>
    public abstract bool LeavesUnchanged(ReadOnlySpan<char> text);

    /// <summary>Appends the normalized text.</summary>
    public abstract void Append(AlignedText text, NormalizedText destination);
}
