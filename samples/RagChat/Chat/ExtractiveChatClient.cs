using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using RagChat.Answering;
using Splade.AI;

namespace RagChat.Chat;

/// <summary>
/// A chat client without a language model: it quotes the statements of the prompt's passages that come closest to the question. It reads
/// the messages that any other client would get, so that one can take its place.
/// </summary>
/// <remarks>Safe for concurrent use. The generators stay the caller's.</remarks>
internal sealed class ExtractiveChatClient(
    IEmbeddingGenerator<string, SparseEmbedding> sparse, IEmbeddingGenerator<string, Embedding<float>> dense) : IChatClient
{
    private static readonly ChatClientMetadata Metadata = new("ragchat", defaultModelId: "extractive");
    private static readonly SpladeEmbeddingGenerationOptions AsQuery = new() { InputType = SpladeInputType.Query };
    private static readonly SpladeEmbeddingGenerationOptions AsDocument = new() { InputType = SpladeInputType.Document };

    /// <param name="messages">What <see cref="GroundedPrompt.ToMessages"/> makes; without passages the answer is that it does not know.</param>
    /// <param name="options">Ignored: there is nothing to sample.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        GroundedPrompt prompt = GroundedPrompt.Read(messages);
        Statement[] statements = [.. prompt.Passages.SelectMany(Statement.Of)];
        ScoredStatement[] scored = string.IsNullOrWhiteSpace(prompt.Question) || statements.Length == 0
            ? []
            : await ScoreAsync(prompt.Question, statements, cancellationToken);
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, ExtractiveAnswer.Compose(scored)))
        {
            CreatedAt = DateTimeOffset.UtcNow,
            FinishReason = ChatFinishReason.Stop,
            ModelId = Metadata.DefaultModelId,
        };
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ChatResponse response = await GetResponseAsync(messages, options, cancellationToken);
        foreach (ChatResponseUpdate update in response.ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? Metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    public void Dispose()
    {
    }

    private async Task<ScoredStatement[]> ScoreAsync(string question, Statement[] statements, CancellationToken cancellationToken)
    {
        string[] texts = Array.ConvertAll(statements, s => s.TextToEncode);
        SparseVector sparseQuestion = (await sparse.GenerateAsync([question], AsQuery, cancellationToken))[0].Vector;
        Embedding<float> denseQuestion = (await dense.GenerateAsync([question], AsQuery, cancellationToken))[0];
        GeneratedEmbeddings<SparseEmbedding> sparseTexts = await sparse.GenerateAsync(texts, AsDocument, cancellationToken);
        GeneratedEmbeddings<Embedding<float>> denseTexts = await dense.GenerateAsync(texts, AsDocument, cancellationToken);
        return
        [
            .. statements.Select((statement, i) => new ScoredStatement(
                statement,
                sparseQuestion.Cosine(sparseTexts[i].Vector),
                TensorPrimitives.CosineSimilarity(denseQuestion.Vector.Span, denseTexts[i].Vector.Span))),
        ];
    }
}
