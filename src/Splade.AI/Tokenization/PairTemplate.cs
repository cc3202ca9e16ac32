namespace Splade.AI.Tokenization;

/// <summary>The tokens that a model expects around and between two texts, for BERT <c>[CLS] A [SEP] B [SEP]</c>.</summary>
internal sealed class PairTemplate(PairPiece[] pieces)
{
    private readonly bool _hasTypes = Array.Exists(pieces, piece => piece.Type != 0);

    /// <summary>How many tokens it adds to a pair.</summary>
    public int Count { get; } = pieces.Count(piece => piece.Part == PairPart.Special);

    /// <summary>Puts two texts together.</summary>
    public TokenPair Join(ReadOnlySpan<int> first, ReadOnlySpan<int> second, bool truncated)
    {
        int[] ids = new int[Count + first.Length + second.Length];
        int[] types = _hasTypes ? new int[ids.Length] : [];
        int at = 0;
        foreach (PairPiece piece in pieces)
        {
            ReadOnlySpan<int> part = piece.Part switch
            {
                PairPart.First => first,
                PairPart.Second => second,
                _ => [piece.Id],
            };
            part.CopyTo(ids.AsSpan(at));
            if (_hasTypes)
            {
                types.AsSpan(at, part.Length).Fill(piece.Type);
            }

            at += part.Length;
        }

        return new TokenPair(ids, types, truncated);
    }
}
