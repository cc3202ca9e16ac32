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

    /// <param name="prompt">What is put before the text.</param>
    /// <param name="text">The text.</param>
    /// <param name="maxTokensOfCall">The most tokens of both that are read; null for the encoder's own limit.</param>
    /// <param name="keepTextIds">Whether the tokens of the text are wanted.</param>
    public EncodedText<SparseVector> Encode(string prompt, string text, int? maxTokensOfCall, bool keepTextIds)
    {
        TokenizedText tokens = tokenizer.Encode(prompt + text, new TokenizationOptions
        {
            AddSpecialTokens = false,
            SpecialTokensInText = specialTokensInText,
            MaxTokens = maxTokensOfCall ?? maxTokens,
        });
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
        return new EncodedText<SparseVector>(vector, tokens.Count, tokens.Truncated)
        {
            TextIds = keepTextIds ? TextIds.After(prompt.Length, tokens.Ids, tokens.Offsets) : [],
        };
    }
}
