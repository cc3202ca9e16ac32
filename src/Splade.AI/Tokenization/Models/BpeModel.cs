namespace Splade.AI.Tokenization.Models;

/// <summary>Byte-pair encoding: begins with the smallest symbols and merges neighbours in the order in which training did.</summary>
/// <remarks>
/// Immutable. The rules are those of <c>tokenizers/src/models/bpe</c> in Hugging Face's tokenizers 0.23. What that keeps in a cache is
/// known here from the start: the words that are one token.
/// </remarks>
internal sealed class BpeModel : SubwordModel
{
    private readonly IBpeAlphabet _alphabet;
    private readonly MergeTable _merges;
    private readonly PieceTable _wholeWords;

    /// <param name="alphabet">The smallest symbols.</param>
    /// <param name="merges">What becomes of two neighbours.</param>
    /// <param name="tokens">The tokens as the text that they stand for, or null for one that no text becomes, by id.</param>
    /// <param name="ignoresMerges">Whether a word that is a token is that token, whatever the merges say.</param>
    public BpeModel(IBpeAlphabet alphabet, MergeTable merges, IEnumerable<string?> tokens, bool ignoresMerges)
    {
        _alphabet = alphabet;
        _merges = merges;
        var word = new BpeWord();
        var whole = new List<(string Piece, int Id)>();
        foreach ((int id, string? token) in tokens.Index())
        {
            if (!string.IsNullOrEmpty(token) && (ignoresMerges || MergesTo(token, id, word)))
            {
                whole.Add((token, id));
            }
        }

        _wholeWords = new PieceTable(whole);
    }

    /// <inheritdoc/>
    public override void Append(AlignedText word, TokenBuffer destination)
    {
        if (_wholeWords.TryGet(word.Text, PieceTable.Hash(word.Text), out int id))
        {
            TokenOffset source = word.ToOriginal(0, word.Length);
            destination.Add(id, source.Start, source.End);
            return;
        }

        BpeWord symbols = destination.Memory.BpeWord;
        Merge(word.Text, symbols);
        foreach (BpeSymbol symbol in symbols.Merged)
        {
            TokenOffset source = word.ToOriginal(symbol.Start, symbol.End);
            destination.Add(symbol.Id, source.Start, source.End);
        }
    }

    private bool MergesTo(string token, int id, BpeWord word)
    {
        Merge(token, word);
        return word.Merged is [var only] && only.Id == id;
    }

    private void Merge(ReadOnlySpan<char> text, BpeWord word)
    {
        word.Clear();
        _alphabet.Append(text, word);
        word.MergeAll(_merges);
    }
}
