using Splade.AI.Remote.Cohere;
using Splade.AI.Remote.Requests;

namespace Splade.AI.Remote;

/// <summary>A reranker over a server that speaks as Cohere does at <c>/rerank</c>: Infinity, vLLM, Jina, and Cohere itself.</summary>
/// <remarks>
/// Safe for concurrent use. All texts go in one request, up to <see cref="RemoteEncoderOptions.MaxBatchSize"/>, by default 1,000, and
/// <see cref="RemoteEncoderOptions.MaxRequestBytes"/>: some models score a text by the others beside it. What the server gives is both
/// <see cref="RerankResult.Score"/> and <see cref="RerankResult.Logit"/>; what it cuts of long texts it does not tell, and such requests have no word for.
/// </remarks>
public sealed class CohereReranker : IReranker
{
    private const string Path = "rerank";
    private const int MostTexts = 1000;

    private readonly RemoteServer _server;
    private readonly BatchSender _sender;
    private readonly CohereRerankerOptions _options;

    /// <summary>Creates a reranker. The server is asked for nothing yet.</summary>
    /// <param name="client">Sends the requests. It stays the caller's.</param>
    /// <param name="options">Where the server is and how it is asked; copied.</param>
    /// <exception cref="ArgumentException">The options have no <see cref="RemoteEncoderOptions.Endpoint"/>.</exception>
    public CohereReranker(HttpClient client, CohereRerankerOptions options)
        : this(Clients.Own(client), Clients.Copy(options), repeats: false)
    {
    }

    internal CohereReranker(Func<HttpClient> createClient, CohereRerankerOptions options, bool repeats)
    {
        _server = new RemoteServer(createClient, options, repeats);
        _sender = new BatchSender(_server, options, splits: false);
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

        var scores = new TextScores(texts.Count, problem => _server.Unreadable(Path, problem));
        await _sender.SendAsync(
            Path,
            Envelope(query),
            texts,
            _options.MaxBatchSize ?? MostTexts,
            CohereJsonContext.Default.CohereAnswer,
            (batch, answer) => scores.Put(batch, Array.ConvertAll(answer.Results, rank => (rank.Index, rank.RelevanceScore))),
            cancellationToken).ConfigureAwait(false);
        return scores.ToResults(score => score, options?.Top);
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

    // What is not asked for is left out: servers differ in the members that they know.
    private RequestEnvelope Envelope(string query)
    {
        var members = new List<(string, string)>();
        if (_options.Model is string model)
        {
            members.Add(("model", RequestEnvelope.Json(model)));
        }

        members.Add(("query", RequestEnvelope.Json(query)));
        members.Add(("return_documents", RequestEnvelope.Json(false)));
        if (_options.RawScores is bool raw)
        {
            members.Add(("raw_scores", RequestEnvelope.Json(raw)));
        }

        return new RequestEnvelope("documents", members.ToArray());
    }
}
