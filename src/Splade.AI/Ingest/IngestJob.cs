using Splade.AI.Hybrid;

namespace Splade.AI.Ingest;

/// <summary>A document on its way: which of its passages are not in the store yet.</summary>
/// <param name="Id">The document.</param>
/// <param name="Hash">What a checkpoint knows it by.</param>
/// <param name="Passages">Its passages.</param>
internal sealed record IngestJob(string Id, DocumentHash Hash, IReadOnlyList<HybridText> Passages)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _left = Math.Max(1, Passages.Count);
    private int _isKnown;

    /// <summary>Ends when all passages are in the store, and those of before are out.</summary>
    public Task Done => _done.Task;

    /// <summary>The id of the passage after the last one: where the store has it, the document had more passages before.</summary>
    public string Next => $"{Id}#{Passages.Count + 1}";

    /// <summary>Whether the store had a passage of it before.</summary>
    public bool IsKnown => Volatile.Read(ref _isKnown) != 0;

    public void MarkKnown() => Volatile.Write(ref _isKnown, 1);

    /// <summary>Takes one passage off; whether it was the last.</summary>
    public bool TakeOff() => Interlocked.Decrement(ref _left) == 0;

    public void End() => _done.TrySetResult();
}
