using System.Text;

namespace Splade.AI.Tokenization.Models;

/// <summary>SentencePiece's unigram model: cuts a word so that the scores of its tokens add up to the most.</summary>
/// <remarks>
/// Immutable. The rules are those of <c>encode_optimized</c> and <c>tokenize</c> in <c>tokenizers/src/models/unigram/model.rs</c> of
/// Hugging Face's tokenizers 0.23: scores are added in double precision from left to right, and of equal ones the first found counts.
/// </remarks>
internal sealed class UnigramModel : SubwordModel
{
    private const double UnknownPenalty = 10;

    private readonly PieceTrie _trie;
    private readonly double[] _scores;
    private readonly double _unknownScore;
    private readonly int _unknownId;
    private readonly int[]? _byteIds;

    /// <param name="tokens">The vocabulary by id.</param>
    /// <param name="scores">The score of each token.</param>
    /// <param name="unknownId">The id of what no token stands for.</param>
    /// <param name="byteIds">The ids of the tokens for bytes, which take the place of the unknown token, or null.</param>
    public UnigramModel(IReadOnlyList<string> tokens, double[] scores, int unknownId, int[]? byteIds)
    {
        _trie = new PieceTrie(tokens.Index().Select(token => (token.Item, token.Index)));
        _scores = scores;
        _unknownScore = scores.Min() - UnknownPenalty;
        _unknownId = unknownId;
        _byteIds = byteIds;
    }

    /// <inheritdoc/>
    public override void Append(AlignedText word, TokenBuffer destination)
    {
        UnigramLattice lattice = destination.Memory.Lattice;
        Fill(word, lattice);
        int unknownStart = -1;
        foreach (int end in lattice.FindPath(word.Length))
        {
            (int start, int id) = lattice.TokenAt(end);
            if (id == _unknownId)
            {
                unknownStart = unknownStart < 0 ? start : unknownStart;
                continue;
            }

            AppendUnknown(word, unknownStart, start, destination);
            unknownStart = -1;
            Add(id, word.ToOriginal(start, end), destination);
        }

        AppendUnknown(word, unknownStart, word.Length, destination);
    }

    private void Fill(AlignedText word, UnigramLattice lattice)
    {
        ReadOnlySpan<char> text = word.Text;
        lattice.Begin(text.Length);
        int scalarLength;
        for (int start = 0; start < text.Length; start += scalarLength)
        {
            scalarLength = word.ScalarLength(start);
            double scoreBefore = lattice.ScoreAt(start);
            bool isKnown = false;
            int end = start + 1;
            for (int node = _trie.Enter(text[start]); node >= 0; node = end < text.Length ? _trie.Descend(node, text[end++]) : -1)
            {
                if (_trie.IdAt(node) is >= 0 and int id)
                {
                    lattice.Offer(start, end, id, _scores[id] + scoreBefore);
                    isKnown |= end - start == scalarLength;
                }
            }

            if (!isKnown)
            {
                lattice.Offer(start, start + scalarLength, _unknownId, _unknownScore + scoreBefore);
            }
        }
    }

    /// <summary>Appends what stands together and is unknown, if there is anything.</summary>
    private void AppendUnknown(AlignedText word, int start, int end, TokenBuffer destination)
    {
        if (start < 0)
        {
            return;
        }

        TokenOffset source = word.ToOriginal(start, end);
        int id = IdOf(word.Text[start..end]);
        if (id >= 0 || _byteIds is null)
        {
            Add(id >= 0 ? id : _unknownId, source, destination);
            return;
        }

        Span<byte> utf8 = stackalloc byte[4];
        foreach (Rune scalar in word.Text[start..end].EnumerateRunes())
        {
            foreach (byte value in utf8[..scalar.EncodeToUtf8(utf8)])
            {
                Add(_byteIds[value], source, destination);
            }
        }
    }

    // The text of unknown pieces together may, by chance, be a token.
    private int IdOf(ReadOnlySpan<char> text)
    {
        int node = _trie.Enter(text[0]);
        for (int at = 1; at < text.Length && node >= 0; at++)
        {
            node = _trie.Descend(node, text[at]);
        }

        return node < 0 ? -1 : _trie.IdAt(node);
    }

    private static void Add(int id, TokenOffset source, TokenBuffer destination) => destination.Add(id, source.Start, source.End);
}
