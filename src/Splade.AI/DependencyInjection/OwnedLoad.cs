using Splade.AI.Onnx;
using Splade.AI.TextEncoding;

namespace Splade.AI.DependencyInjection;

/// <summary>Something that a container owns and that is loaded by the first who needs it: once, or again after a load that failed.</summary>
/// <remarks>
/// Safe for concurrent use. A caller who gives up waits no longer, and the load goes on for the others. Disposing waits for a load under
/// way, disposes what was loaded, once, and refuses later callers.
/// </remarks>
internal sealed class OwnedLoad<T> : IDisposable, IAsyncDisposable
    where T : class, IDisposable
{
    private readonly SharedLoad<T> _load;
    private readonly CallsInFlight _calls;
    private readonly Lazy<Task> _closing;

    /// <param name="load">Loads it.</param>
    /// <param name="owner">What later callers are told to have been disposed; null for what is loaded.</param>
    public OwnedLoad(Func<Task<T>> load, Type? owner = null)
    {
        _calls = new CallsInFlight(owner ?? typeof(T));
        _load = new SharedLoad<T>(load);
        _closing = new Lazy<Task>(CloseOnceAsync);
    }

    /// <summary>What was loaded; null as long as nothing is.</summary>
    public T? Loaded => _load.Loaded;

    /// <summary>What is loaded, on the thread pool.</summary>
    /// <exception cref="ObjectDisposedException">The container has been disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; it carries that token.</exception>
    public Task<T> GetAsync(CancellationToken cancellationToken = default) => LoadAsync().WaitAsync(cancellationToken);

    /// <summary>The same for those who cannot await: blocks until it is loaded.</summary>
    public T Get() => Loaded ?? LoadAsync().GetAwaiter().GetResult();

    public void Dispose() => _closing.Value.GetAwaiter().GetResult();

    public async ValueTask DisposeAsync() => await _closing.Value.ConfigureAwait(false);

    private async Task<T> LoadAsync()
    {
        using CallsInFlight.Call call = _calls.Enter();
        return await _load.GetAsync().ConfigureAwait(false);
    }

    private async Task CloseOnceAsync()
    {
        await _calls.CloseAsync().ConfigureAwait(false);
        switch (_load.Loaded)
        {
            case IAsyncDisposable loaded:
                await loaded.DisposeAsync().ConfigureAwait(false);
                break;
            case T loaded:
                loaded.Dispose();
                break;
        }
    }
}
