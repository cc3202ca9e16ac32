namespace RagChat.Terminal;

/// <summary>Ctrl+C ends the work in progress; while there is none, it ends the program as usual.</summary>
internal sealed class CancelKey : IDisposable
{
    private CancellationTokenSource? _work;

    public CancelKey() => Console.CancelKeyPress += OnPressed;

    /// <summary>Does some work that Ctrl+C can end.</summary>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work)
    {
        using var source = new CancellationTokenSource();
        _work = source;
        try
        {
            return await work(source.Token);
        }
        finally
        {
            _work = null;
        }
    }

    public void Dispose() => Console.CancelKeyPress -= OnPressed;

    private void OnPressed(object? sender, ConsoleCancelEventArgs e)
    {
        if (_work is CancellationTokenSource work)
        {
            e.Cancel = true;
            work.Cancel();
        }
    }
}
