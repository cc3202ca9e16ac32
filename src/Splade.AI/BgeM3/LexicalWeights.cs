namespace Splade.AI.BgeM3;

/// <summary>
/// Makes sparse vectors of the weights of tokens, as FlagEmbedding's <c>_process_token_weights</c> does: of a token's id the largest of its positions,
/// without those that are not above 0 and without the tokens for beginning, end, padding and the unknown. The mask token stays.
/// </summary>
/// <param name="dimensions">The size of the vocabulary.</param>
/// <param name="leftOut">The ids of those tokens.</param>
internal sealed class LexicalWeights(int dimensions, IReadOnlySet<int> leftOut)
{
    /// <param name="ids">The ids of a text's tokens.</param>
    /// <param name="weights">The weight of each.</param>
    public SparseVector OfTokens(ReadOnlySpan<long> ids, ReadOnlySpan<float> weights)
    {
        // Positive floats are in the order of their bits.
        var keys = new List<ulong>(ids.Length);
        for (int i = 0; i < ids.Length; i++)
        {
            if (weights[i] > 0 && !leftOut.Contains((int)ids[i]))
            {
                keys.Add(((ulong)ids[i] << 32) | BitConverter.SingleToUInt32Bits(SinglePrecision.Sum(weights[i])));
            }
        }

        keys.Sort();
        var indices = new List<int>(keys.Count);
        var values = new List<float>(keys.Count);
        for (int i = 0; i < keys.Count; i++)
        {
            if (i + 1 == keys.Count || keys[i] >> 32 != keys[i + 1] >> 32)
            {
                indices.Add((int)(keys[i] >> 32));
                values.Add(BitConverter.UInt32BitsToSingle((uint)keys[i]));
            }
        }

        return SparseVector.Own([.. indices], [.. values], dimensions);
    }

    /// <param name="weights">A weight for each token of the vocabulary, and perhaps more, which no token has.</param>
    public SparseVector OfVocabulary(ReadOnlySpan<float> weights)
    {
        var indices = new List<int>();
        var values = new List<float>();
        for (int id = 0; id < dimensions; id++)
        {
            if (weights[id] > 0 && !leftOut.Contains(id))
            {
                indices.Add(id);
                values.Add(weights[id]);
            }
        }

        return SparseVector.Own([.. indices], [.. values], dimensions);
    }
}
