namespace Splade.AI.Search.Segments;

/// <summary>Counts who uses something that was opened, so that the last of them can end it once it is closed. Nobody waits.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class UseCount
{
    // The owner's is the first.
    private int _uses = 1;
    private int _isClosed;

    public bool IsClosed => Volatile.Read(ref _isClosed) != 0;

    /// <summary>Counts a user.</summary>
    public void Begin() => Interlocked.Increment(ref _uses);

    /// <summary>Counts one less.</summary>
    /// <returns>Whether it was the last one.</returns>
    public bool End() => Interlocked.Decrement(ref _uses) == 0;

    /// <summary>Marks it as closed; the owner's use is still counted.</summary>
    /// <returns>Whether it was open.</returns>
    public bool Close() => Interlocked.Exchange(ref _isClosed, 1) == 0;
}
