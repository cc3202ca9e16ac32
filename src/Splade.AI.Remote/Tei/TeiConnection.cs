using System.Text.Json.Serialization.Metadata;
using Splade.AI.Remote.Requests;

namespace Splade.AI.Remote.Tei;

/// <summary>A path of a server, and the model behind it, which is asked for once.</summary>
/// <remarks>Safe for concurrent use. Where the model could not be asked for, the next call tries again.</remarks>
internal sealed class TeiConnection
{
    private readonly TeiRoute _route;
    private readonly RemoteEncoderOptions _options;
    private readonly RemoteServer _server;
    private readonly BatchSender _sender;
    private readonly Lock _lock = new();
    private Task<TeiModel>? _model;

    public TeiConnection(TeiRoute route, Func<HttpClient> createClient, RemoteEncoderOptions options, bool repeats)
    {
        _route = route;
        _options = options;
        _server = new RemoteServer(createClient, options, repeats);
        _sender = new BatchSender(_server, options);
    }

    public Uri Root => _server.Root;

    /// <summary>The model.</summary>
    /// <exception cref="RemoteEncoderException">The server cannot be asked, or has none of the kind.</exception>
    public Task<TeiModel> GetModelAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            // Not in the context of the caller, who may block until it is done.
            _model = _model is null or { IsFaulted: true } or { IsCanceled: true } ? Task.Run(AskAsync, CancellationToken.None) : _model;
            return _model.WaitAsync(cancellationToken);
        }
    }

    /// <summary>The same for those who cannot await: blocks until the server has answered.</summary>
    public TeiModel GetModel() => GetModelAsync(CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc cref="BatchSender.SendAsync"/>
    public Task<long?> SendAsync<T>(
        RequestEnvelope envelope, IReadOnlyList<string> texts, TeiModel model, JsonTypeInfo<T> type, Action<TextBatch, T> read, CancellationToken cancellationToken) =>
        _sender.SendAsync(_route.Path, envelope, texts, model.MaxBatchSize, type, read, cancellationToken);

    /// <inheritdoc cref="RemoteServer.Unreadable"/>
    public RemoteEncoderException Unreadable(string problem, Exception? cause = null) => _server.Unreadable(_route.Path, problem, cause);

    /// <summary>Requires an answer for each text.</summary>
    /// <exception cref="RemoteEncoderException">There are more or fewer.</exception>
    public void RequireCount(int found, TextBatch batch, string what)
    {
        if (found != batch.Count)
        {
            throw Unreadable($"found {found} {what} for {batch.Count} texts.");
        }
    }

    private async Task<TeiModel> AskAsync()
    {
        TeiInfo info = await _server.GetAsync("info", TeiJsonContext.Default.TeiInfo, CancellationToken.None).ConfigureAwait(false);
        return TeiModel.Of(_route, info, _options.MaxBatchSize, _options as TeiEncoderOptions, Root);
    }
}
