namespace Splade.AI.Tokenization.Models;

/// <summary>Makes tokens of a word.</summary>
/// <remarks>Immutable.</remarks>
internal abstract class SubwordModel
{
    /// <summary>Appends the tokens of a word, with offsets into the original text.</summary>
    /// <param name="word">The word, not empty.</param>
    /// <param name="destination">Takes the tokens, and has the working memory.</param>
    public abstract void Append(AlignedText word, TokenBuffer destination);
}
