using Splade.AI.TextEncoding;
using Splade.AI.Tokenization;

namespace Splade.AI;

/// <summary>Queries of an inference-free model: each token of the text, once, with the weight that a table has for it.</summary>
/// <remarks>
/// As Sentence Transformers' <c>SparseStaticEmbedding</c> does it: special tokens take no part, repeated tokens count once, and tokens
/// beyond the limit are cut off. With a sliding window there is no limit: the maximum over windows is what the whole text has in the table.
/// Immutable; safe for concurrent use.
/// </remarks>
/// <param name="tokenizer">The tokenizer of the queries.</param>
/// <param name="weights">The weight of each of its tokens.</param>
/// <param name="tokenization">How queries are tokenized; its limit holds unless a call says otherwise.</param>
internal sealed class StaticQueryEncoder(Tokenizer tokenizer, float[] weights, TokenizationOptions tokenization)
{
    private readonly TokenizationOptions _whole = tokenization with { AddSpecialTokens = false, MaxTokens = int.MaxValue };

    /// <summary>How many tokens count against the limit that are not read: those of the template, or none.</summary>
    public int TokensLeftOut { get; init; }

    public Tokenizer Tokenizer => tokenizer;

    /// <summary>The most tokens of a query that are read unless a call says otherwise.</summary>
    public int MaxTokens => tokenization.MaxTokens;

    /// <summary>The weight of a token; none, if it is not above 0.</summary>
    public float WeightOf(int id) => weights[id];

    /// <summary>How queries are tokenized: with a sliding window to their end.</summary>
    public TokenizationOptions Tokenization(EncodingRequest request) =>
        request.HasWindows ? _whole : _whole with { MaxTokens = request.MaxTokens - TokensLeftOut };

    /// <summary>Encodes a query.</summary>
    /// <param name="text">The query.</param>
    /// <param name="position">Its position among those of the call.</param>
    /// <param name="request">How it is read.</param>
    /// <exception cref="TextTooLongException">It has more tokens than are read, and that is refused.</exception>
    public EncodedText<SparseVector> Encode(string text, int position, EncodingRequest request)
    {
        if (request.HasWindows)
        {
            return EncodeWhole(text, request);
        }

        TokenizedText tokens = tokenizer.Encode(request.Prompt + text, Tokenization(request));
        if (tokens.Truncated && request.LongTexts == LongTextHandling.Throw)
        {
            throw new TextTooLongException(position, tokenizer.CountTokens(request.Prompt + text, _whole) + TokensLeftOut, request.MaxTokens);
        }

        return new EncodedText<SparseVector>(LookUp(tokens.Ids.ToArray()), tokens.Count, tokens.Truncated)
        {
            TextIds = request.KeepsTextIds ? TextIds.After(request.Prompt.Length, tokens.Ids, tokens.Offsets) : [],
        };
    }

    private EncodedText<SparseVector> EncodeWhole(string text, EncodingRequest request)
    {
        var windows = TextWindows.Cut(tokenizer, new TokenBuffer(), request.Prompt, text, _whole);
        SparseVector vector = LookUp(windows.Ids(0));
        int[] textIds = request.KeepsTextIds ? windows.TextIds() : [];
        return new EncodedText<SparseVector>(vector, windows.TokenCount, Truncated: false)
        {
            TextIds = textIds,
            Passages = request.WantsPassages
                ? [new EncodedPassage<SparseVector>(windows.Span(0), vector, windows.TokenCount) { TextIds = textIds }]
                : [],
        };
    }

    private SparseVector LookUp(int[] ids)
    {
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
        return SparseVector.Own(indices, Array.ConvertAll(indices, id => weights[id]), weights.Length);
    }
}
