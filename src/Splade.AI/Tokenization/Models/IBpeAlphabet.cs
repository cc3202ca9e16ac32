namespace Splade.AI.Tokenization.Models;

/// <summary>Cuts a word into the smallest symbols of a model.</summary>
internal interface IBpeAlphabet
{
    /// <summary>Appends the symbols of a word.</summary>
    void Append(ReadOnlySpan<char> text, BpeWord word);
}
