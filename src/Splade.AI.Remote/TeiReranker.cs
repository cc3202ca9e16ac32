using Splade.AI.Remote.Requests;
using Splade.AI.Remote.Tei;

namespace Splade.AI.Remote;

/// <summary>The cross-encoder of a server as a reranker: <c>/rerank</c> of Text Embeddings Inference, or of <c>splade serve --rerank</c>.</summary>
/// <remarks>
/// Safe for concurrent use. It sends requests as <see cref="TeiSparseEmbeddingGenerator"/> does, and asks for logits, of which it makes scores here: so
/// results have both. <see cref="RerankResult.Truncated"/> is never set: the server does not tell.
/// </remarks>
public sealed class TeiReranker : IReranker
{
    private readonly TeiConnection _connection;
    private readonly TeiRerankerOptions _options;

    /// <summary>Creates a reranker. The server is asked for nothing yet.</summary>
    /// <param name="client">Sends the requests. It stays the caller's.</param>
    /// <param name="options">Where the server is and how it is asked; copied.</param>
    /// <exception cref="ArgumentException">The options have no <see cref="RemoteEncoderOptions.Endpoint"/>.</exception>
    public TeiReranker(HttpClient client, TeiRerankerOptions options)
        : this(Clients.Own(client), Clients.Copy(options), repeats: false)
    {
    }

    internal TeiReranker(Func<HttpClient> createClient, TeiRerankerOptions options, bool repeats)
    {
        _connection = new TeiConnection(TeiRoute.Rerank, createClient, options, repeats);
        _options = options;
    }

    /// <inheritdoc/>
    /// <exception cref="RemoteEncoderException">The server cannot be reached, refuses a request, or gives an answer that cannot be used.</exception>
    public async Task<IReadOnlyList<RerankResult>> RerankAsync(
        string query, IReadOnlyList<string> texts, RerankOptions? options = null, CancellationToken cancellationToken = default)
    {
        TextScores.Check(query, texts);
        if (texts.Count == 0)
        {
            return [];
        }

        TeiModel model = await _connection.GetModelAsync(cancellationToken).ConfigureAwait(false);
        var envelope = new RequestEnvelope(
            "texts",
            ("query", RequestEnvelope.Json(query)),
            ("raw_scores", RequestEnvelope.Json(true)),
            ("return_text", RequestEnvelope.Json(false)),
            ("truncate", RequestEnvelope.Json(_options.LongTextHandling == LongTextHandling.Truncate)),
            ("truncation_direction", RequestEnvelope.Json("Right")));
        var scores = new TextScores(texts.Count, problem => _connection.Unreadable(problem));
        await _connection.SendAsync(
            envelope,
            texts,
            model,
            TeiJsonContext.Default.TeiRankArray,
            (batch, answer) => scores.Put(batch, Array.ConvertAll(answer, rank => (rank.Index, rank.Score))),
            cancellationToken).ConfigureAwait(false);
        return scores.ToResults(_options.RawScores ? logit => logit : Sigmoid, options?.Top);
    }

    /// <summary>This object.</summary>
    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <summary>Does nothing: the client is its owner's.</summary>
    public void Dispose()
    {
    }

    private static float Sigmoid(float logit) => 1 / (1 + MathF.Exp(-logit));
}
