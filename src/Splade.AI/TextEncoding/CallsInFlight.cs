namespace Splade.AI.TextEncoding;

/// <summary>Counts calls, and lets an owner wait for the last one before it frees what they use.</summary>
internal sealed class CallsInFlight(Type owner)
{
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private int _calls;
    private bool _closed;

    /// <summary>Enters a call, which ends when the result is disposed.</summary>
    /// <exception cref="ObjectDisposedException">The owner has been disposed.</exception>
    public Call Enter()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_closed, owner);
            _calls++;
            return new Call(this);
        }
    }

    /// <summary>Lets no new call in. The task ends with the last one that is in; every caller gets the same task.</summary>
    public Task CloseAsync()
    {
        lock (_lock)
        {
            _closed = true;
            CompleteIfDrained();
            return _drained.Task;
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            _calls--;
            CompleteIfDrained();
        }
    }

    private void CompleteIfDrained()
    {
        if (_closed && _calls == 0)
        {
            _drained.TrySetResult();
        }
    }

    /// <summary>One call, to be disposed once.</summary>
    public readonly struct Call(CallsInFlight calls) : IDisposable
    {
        public void Dispose() => calls.Leave();
    }
}
