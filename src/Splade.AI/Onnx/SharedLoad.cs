namespace Splade.AI.Onnx;

/// <summary>Something that is loaded when it is first asked for: once for all who ask meanwhile, and again after a load that failed.</summary>
/// <remarks>Safe for concurrent use. What was loaded belongs to the owner of this object.</remarks>
internal sealed class SharedLoad<T>(Func<Task<T>> load)
    where T : class
{
    private readonly Lock _lock = new();
    private volatile Task<T>? _loading;

    public SharedLoad(Func<T> load)
        : this(() => Task.FromResult(load()))
    {
    }

    /// <summary>What was loaded; null as long as nothing is.</summary>
    public T? Loaded => _loading is { IsCompletedSuccessfully: true } done ? done.Result : null;

    /// <summary>What is loaded, on the thread pool. The task fails as the load does; whoever asks after that begins another one.</summary>
    public Task<T> GetAsync()
    {
        lock (_lock)
        {
            if (_loading is null or { IsCompleted: true, IsCompletedSuccessfully: false })
            {
                _loading = Task.Run(load);
            }

            return _loading;
        }
    }
}
