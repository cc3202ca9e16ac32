using Grpc.Core;
using Grpc.Net.Client;
using Polly;
using Polly.Retry;
using Qdrant.Client.Grpc;
using Splade.AI.Hybrid;

namespace Splade.AI.Qdrant.Server;

/// <summary>A server as calls see it: each has a limit of time, is repeated where that may help, and fails with a <see cref="HybridStoreException"/>.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class QdrantConnection : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly QdrantHybridStoreOptions _options;
    private readonly GrpcChannel _channel;
    private readonly QdrantGrpcClient _client;
    private readonly ResiliencePipeline _retries;
    private readonly SemaphoreSlim _writes;
    private readonly string _address;
    private volatile bool _isDisposed;

    public QdrantConnection(QdrantHybridStoreOptions options)
    {
        _options = options;
        _address = options.Endpoint.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = options.RequestTimeout,
            EnableMultipleHttp2Connections = true,
            KeepAlivePingDelay = TimeSpan.FromSeconds(60),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(30),
        };
        options.ConfigureHandler?.Invoke(handler);

        // The client's own channel takes answers of 4 MiB at most, about a thousand dense vectors.
        _channel = GrpcChannel.ForAddress(_address, new GrpcChannelOptions
        {
            HttpHandler = handler,
            DisposeHttpClient = true,
            MaxReceiveMessageSize = null,
            MaxSendMessageSize = null,
        });
        _client = new QdrantGrpcClient(_channel);
        _retries = options.MaxRetries == 0 ? ResiliencePipeline.Empty : Retries(options);
        _writes = new SemaphoreSlim(options.MaxConcurrentWrites);
    }

    /// <summary>Calls the server.</summary>
    /// <param name="action">What is done, after "could not".</param>
    /// <param name="call">Begins the call.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <exception cref="HybridStoreException">It failed, and repeats did not help.</exception>
    public Task<T> CallAsync<T>(string action, Func<QdrantGrpcClient, CallOptions, AsyncUnaryCall<T>> call, CancellationToken cancellationToken) =>
        RunAsync(action, token => AttemptAsync(call, token), cancellationToken);

    /// <summary>Writes, when not too many others do, and waits until the server has done it.</summary>
    /// <inheritdoc cref="CallAsync"/>
    public async Task WriteAsync(
        string action, Func<QdrantGrpcClient, CallOptions, AsyncUnaryCall<PointsOperationResponse>> call, CancellationToken cancellationToken)
    {
        await _writes.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await RunAsync(action, token => AttemptWriteAsync(call, token), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _writes.Release();
        }
    }

    public void Dispose()
    {
        _isDisposed = true;
        _channel.Dispose();
    }

    /// <summary>An error that is not the call's, but of what it answered.</summary>
    public HybridStoreException Unusable(string problem, Exception? cause = null) => new(
        $"Qdrant at {_address} has in the collection '{_options.CollectionName}' what cannot be used: {problem}", code: "UNUSABLE", innerException: cause);

    private static ResiliencePipeline Retries(QdrantHybridStoreOptions options) => new ResiliencePipelineBuilder { TimeProvider = options.Clock }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = args => ValueTask.FromResult(
                args.Outcome.Exception is RpcException failure && QdrantFailure.Of(failure) is { IsTransient: true } known && !(known.Wait > LongestWait)),
            DelayGenerator = args => ValueTask.FromResult(args.Outcome.Exception is RpcException failure ? QdrantFailure.Of(failure).Wait : null),
            MaxRetryAttempts = options.MaxRetries,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = options.RetryDelay,
            MaxDelay = LongestWait,
        })
        .Build();

    private async Task<T> RunAsync<T>(string action, Func<CancellationToken, ValueTask<T>> attempt, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        int attempts = 0;
        try
        {
            return await _retries.ExecuteAsync(
                token =>
                {
                    attempts++;
                    return attempt(token);
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (RpcException e)
        {
            QdrantFailure failure = QdrantFailure.Of(e);
            string times = attempts == 1 ? string.Empty : $" in {attempts} attempts";
            throw new HybridStoreException(
                $"Could not {action} (Qdrant at {_address}, collection '{_options.CollectionName}'){times}: {failure.Code}, "
                + $"{e.Status.Detail.TrimEnd('.')}. {failure.Remedy}".TrimEnd(),
                failure.IsTransient,
                failure.Code,
                e);
        }
    }

    private async ValueTask<T> AttemptAsync<T>(Func<QdrantGrpcClient, CallOptions, AsyncUnaryCall<T>> call, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_options.RequestTimeout, _options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var headers = new Metadata();
        if (_options.ApiKey is string key)
        {
            headers.Add("api-key", key);
        }

        try
        {
            using AsyncUnaryCall<T> running = call(_client, new CallOptions(headers, cancellationToken: either.Token));
            return await running.ResponseAsync.ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or RpcException { StatusCode: StatusCode.Cancelled } && either.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Late($"there was no answer within {_options.RequestTimeout.TotalSeconds:0.###} s");
        }
    }

    private async ValueTask<UpdateResult> AttemptWriteAsync(
        Func<QdrantGrpcClient, CallOptions, AsyncUnaryCall<PointsOperationResponse>> call, CancellationToken cancellationToken)
    {
        UpdateResult result = (await AttemptAsync(call, cancellationToken).ConfigureAwait(false)).Result;

        // No error for Qdrant, but only what is completed is seen by every later call.
        return result?.Status == UpdateStatus.Completed ? result : throw Late($"the write was taken, but is not done yet ({result?.Status})");
    }

    private static RpcException Late(string problem) => new(new Status(StatusCode.DeadlineExceeded, problem));
}
