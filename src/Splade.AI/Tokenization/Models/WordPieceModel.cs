namespace Splade.AI.Tokenization.Models;

/// <summary>Splits a word into the longest pieces that the vocabulary has, from left to right.</summary>
/// <remarks>Immutable. The rules are those of <c>tokenizers/src/models/wordpiece</c> in Hugging Face's tokenizers 0.23.</remarks>
internal sealed class WordPieceModel : SubwordModel
{
    private readonly PieceTable _beginnings;
    private readonly PieceTable _continuations;
    private readonly int _unknownId;
    private readonly int _maxWordLength;

    /// <param name="tokens">The vocabulary by id.</param>
    /// <param name="unknownId">The id of a word that cannot be put together from pieces.</param>
    /// <param name="continuationPrefix">What the vocabulary writes before a piece that continues a word.</param>
    /// <param name="maxWordLength">A word of more Unicode scalars than this is unknown.</param>
    public WordPieceModel(IReadOnlyList<string> tokens, int unknownId, string continuationPrefix, int maxWordLength)
    {
        _beginnings = BuildTable(tokens, "");
        _continuations = BuildTable(tokens, continuationPrefix);
        _unknownId = unknownId;
        _maxWordLength = maxWordLength;
    }

    /// <inheritdoc/>
    public override void Append(AlignedText word, TokenBuffer destination)
    {
        int first = destination.Count;
        Append(word.Text, PieceTable.Hash(word.Text), 0, destination);
        destination.MapOffsets(first, word);
    }

    /// <summary>Appends the tokens of a word.</summary>
    /// <param name="word">The word, not empty.</param>
    /// <param name="hash">The word's <see cref="PieceTable.Hash"/>.</param>
    /// <param name="offset">Where the word stands: it is added to the offsets of its tokens.</param>
    /// <param name="destination">Takes the tokens.</param>
    public void Append(ReadOnlySpan<char> word, uint hash, int offset, TokenBuffer destination)
    {
        if (word.Length > _maxWordLength && CountScalars(word) > _maxWordLength)
        {
            destination.Add(_unknownId, offset, offset + word.Length);
        }
        else if (_beginnings.TryGet(word, hash, out int id))
        {
            destination.Add(id, offset, offset + word.Length);
        }
        else
        {
            AppendPieces(word, offset, destination);
        }
    }

    private void AppendPieces(ReadOnlySpan<char> word, int offset, TokenBuffer destination)
    {
        int first = destination.Count;
        int start = 0;
        while (start < word.Length)
        {
            PieceTable pieces = start == 0 ? _beginnings : _continuations;
            if (!pieces.TryGetLongestPrefix(word[start..], out int length, out int id))
            {
                destination.RemoveFrom(first);
                destination.Add(_unknownId, offset, offset + word.Length);
                return;
            }

            destination.Add(id, offset + start, offset + start + length);
            start += length;
        }
    }

    /// <summary>The tokens that begin with a prefix, without it.</summary>
    private static PieceTable BuildTable(IReadOnlyList<string> tokens, string prefix)
    {
        List<(string Piece, int Id)> pieces = [];
        for (int id = 0; id < tokens.Count; id++)
        {
            string token = tokens[id];
            if (token.Length > prefix.Length && token.StartsWith(prefix, StringComparison.Ordinal))
            {
                pieces.Add((token[prefix.Length..], id));
            }
        }

        return new PieceTable(pieces);
    }

    private static int CountScalars(ReadOnlySpan<char> word)
    {
        int scalars = 0;
        foreach (char c in word)
        {
            scalars += char.IsLowSurrogate(c) ? 0 : 1;
        }

        return scalars;
    }
}
