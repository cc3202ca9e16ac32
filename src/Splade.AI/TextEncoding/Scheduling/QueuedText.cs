namespace Splade.AI.TextEncoding.Scheduling;

/// <summary>One tokenized text of a call, or a window of one.</summary>
internal sealed class QueuedText<TVector>(ScheduledCall<TVector> call, int position, int[] ids, bool truncated)
{
    public ScheduledCall<TVector> Call => call;

    /// <summary>The position among the texts of the call.</summary>
    public int Position => position;

    public int[] Ids => ids;

    public int Length => ids.Length;

    public bool Truncated => truncated;

    /// <summary>The segment of each id; empty where there is one.</summary>
    public int[] TypeIds { get; init; } = [];

    /// <summary>Those of the ids that stand for the text itself; empty where nobody asked.</summary>
    public int[] TextIds { get; init; } = [];

    /// <summary>The text that it is a window of; null if it is a text.</summary>
    public WindowedText<TVector>? Whole { get; init; }

    /// <summary>The position among the windows of that text.</summary>
    public int Window { get; init; }

    /// <summary>Whether it waits in the queue.</summary>
    public bool IsQueued { get; set; }

    /// <summary>The text of the same length that was queued before it.</summary>
    public QueuedText<TVector>? Previous { get; set; }

    /// <summary>The text of the same length that was queued after it.</summary>
    public QueuedText<TVector>? Next { get; set; }
}
