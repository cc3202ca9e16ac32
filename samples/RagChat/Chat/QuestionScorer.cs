using System.Numerics.Tensors;
using Microsoft.Extensions.AI;
using Splade.AI;

namespace RagChat.Chat;

/// <summary>Compares texts with a question, which is encoded once.</summary>
internal sealed class QuestionScorer
{
    private static readonly SpladeEmbeddingGenerationOptions AsQuery = new() { Encoding = { InputType = EmbeddingInputType.Query } };
    private static readonly SpladeEmbeddingGenerationOptions AsDocument = new() { Encoding = { InputType = EmbeddingInputType.Document } };

    private readonly IEmbeddingGenerator<string, SparseEmbedding> _sparse;
    private readonly IEmbeddingGenerator<string, Embedding<float>> _dense;
    private readonly SparseVector _sparseQuestion;
    private readonly ReadOnlyMemory<float> _denseQuestion;

    private QuestionScorer(
        IEmbeddingGenerator<string, SparseEmbedding> sparse,
        IEmbeddingGenerator<string, Embedding<float>> dense,
        SparseVector sparseQuestion,
        ReadOnlyMemory<float> denseQuestion)
    {
        _sparse = sparse;
        _dense = dense;
        _sparseQuestion = sparseQuestion;
        _denseQuestion = denseQuestion;
    }

    public static async Task<QuestionScorer> CreateAsync(
        IEmbeddingGenerator<string, SparseEmbedding> sparse,
        IEmbeddingGenerator<string, Embedding<float>> dense,
        string question,
        CancellationToken cancellationToken)
    {
        GeneratedEmbeddings<SparseEmbedding> sparseQuestion = await sparse.GenerateAsync([question], AsQuery, cancellationToken);
        GeneratedEmbeddings<Embedding<float>> denseQuestion = await dense.GenerateAsync([question], AsQuery, cancellationToken);
        return new QuestionScorer(sparse, dense, sparseQuestion[0].Vector, denseQuestion[0].Vector);
    }

    /// <summary>One similarity per text, in their order.</summary>
    public async Task<Similarity[]> ScoreAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        GeneratedEmbeddings<SparseEmbedding> sparse = await _sparse.GenerateAsync(texts, AsDocument, cancellationToken);
        GeneratedEmbeddings<Embedding<float>> dense = await _dense.GenerateAsync(texts, AsDocument, cancellationToken);
        return
        [
            .. sparse.Zip(dense, (s, d) => new Similarity(
                _sparseQuestion.Cosine(s.Vector), TensorPrimitives.CosineSimilarity(_denseQuestion.Span, d.Vector.Span))),
        ];
    }
}
