namespace Splade.AI.ModelFiles.Hub;

/// <summary>
/// Turns a connection that has gone silent, or was cut, into a <see cref="HttpRequestException"/>, and leaves the caller's cancellation as it is.
/// </summary>
internal sealed class StallWatch : IDisposable
{
    private readonly TimeSpan _timeout;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _stalled;

    public StallWatch(TimeSpan timeout, CancellationToken caller)
    {
        _timeout = timeout;
        _caller = caller;
        _stalled = CancellationTokenSource.CreateLinkedTokenSource(caller);
    }

    /// <summary>Runs one step of a transfer, which gets the whole of the timeout.</summary>
    /// <exception cref="HttpRequestException">The step took too long, or the connection was cut.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> step)
    {
        _stalled.CancelAfter(_timeout);
        try
        {
            return await step(_stalled.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!_caller.IsCancellationRequested)
        {
            throw new HttpRequestException(HttpRequestError.Unknown, $"The server sent nothing for {_timeout.TotalSeconds:0.#} seconds.", e);
        }
        catch (IOException e)
        {
            _caller.ThrowIfCancellationRequested();
            throw new HttpRequestException(HttpRequestError.ResponseEnded, e.Message, e);
        }
        finally
        {
            _stalled.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => _stalled.Dispose();
}
