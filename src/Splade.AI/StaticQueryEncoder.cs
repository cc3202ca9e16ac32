using Splade.AI.Onnx;
using Splade.AI.Tokenization;

namespace Splade.AI;

/// <summary>Queries of an inference-free model: each token of the text, once, with the weight that a table has for it.</summary>
/// <remarks>
/// As Sentence Transformers' <c>SparseStaticEmbedding</c> does it: special tokens take no part, repeated tokens count once, and tokens
/// beyond the limit are cut off. Immutable; safe for concurrent use.
/// </remarks>
internal sealed class StaticQueryEncoder(Tokenizer tokenizer, float[] weights, int maxTokens, bool specialTokensInText)
{
    public Tokenizer Tokenizer => tokenizer;

    /// <summary>The weight of a token; none, if it is not above 0.</summary>
    public float WeightOf(int id) => weights[id];

    /// <summary>How queries are tokenized.</summary>
    public TokenizationOptions Tokenization(int? maxTokensOfCall) => new()
    {
        AddSpecialTokens = false,
        SpecialTokensInText = specialTokensInText,
        MaxTokens = maxTokensOfCall ?? maxTokens,
    };

    public EncodedText<SparseVector> Encode(string text, int? maxTokensOfCall)
    {
        TokenizedText tokens = tokenizer.Encode(text, Tokenization(maxTokensOfCall));
        int[] ids = tokens.Ids.ToArray();
        Array.Sort(ids);
        int[] indices = new int[ids.Length];
        int count = 0;
        for (int i = 0; i < ids.Length; i++)
        {
            if (weights[ids[i]] > 0 && (i == 0 || ids[i] != ids[i - 1]))
            {
                indices[count++] = ids[i];
            }
        }

        Array.Resize(ref indices, count);
        SparseVector vector = SparseVector.Own(indices, Array.ConvertAll(indices, id => weights[id]), weights.Length);
        return new EncodedText<SparseVector>(vector, tokens.Count, tokens.Truncated);
    }
}
