namespace Splade.AI.Search.Segments;

/// <summary>Counts who uses something, so that the last of them can end it once its owner needs it no longer. Nobody waits.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class UseCount
{
    /// <summary>So far below 0 that those who come too late, and go again, never make it 0 a second time.</summary>
    private const int Over = int.MinValue / 2;

    // The owner's is the first.
    private int _uses = 1;

    /// <summary>Counts a user. Who is not sure that the owner's use goes on has to look after this, and to go again if it does not.</summary>
    public void Begin() => Interlocked.Increment(ref _uses);

    /// <summary>Counts one less.</summary>
    /// <returns>Whether it was the last one; true once.</returns>
    public bool End() => Interlocked.Decrement(ref _uses) == 0 && Interlocked.CompareExchange(ref _uses, Over, 0) == 0;
}
