namespace Splade.AI.Search;

/// <summary>Keeps the best rows of those offered: higher scores first, of equal scores the lower position.</summary>
/// <remarks>
/// A heap with the worst kept row on top. Once it is full it raises the threshold, which others share: a row below it is none of the best,
/// one that equals it may be, if its position is lower. Memory grows with the rows kept. Not safe for concurrent use.
/// </remarks>
/// <param name="capacity">How many to keep, at least 1.</param>
/// <param name="threshold">What a score must reach.</param>
internal sealed class BestRows(int capacity, SearchThreshold threshold)
{
    private static readonly Comparer<RankedRow> WorstFirst = Comparer<RankedRow>.Create(static (a, b) =>
        a.Score.CompareTo(b.Score) is int byScore and not 0 ? byScore : b.Position.CompareTo(a.Position));

    private readonly PriorityQueue<RankedRow, RankedRow> _kept = new(WorstFirst);

    /// <summary>What a score must reach at least.</summary>
    public float Least => threshold.Value;

    /// <summary>How many rows it would keep besides those that it has.</summary>
    public int Missing => capacity - _kept.Count;

    /// <summary>An empty one of the same capacity, with the same threshold: for another thread.</summary>
    public BestRows Another() => new(capacity, threshold);

    public void Offer(float score, long position)
    {
        // NaN counts as lower than any number.
        if (score.CompareTo(threshold.Value) < 0)
        {
            return;
        }

        var row = new RankedRow(score, position);
        if (_kept.Count < capacity)
        {
            _kept.Enqueue(row, row);
        }
        else if (WorstFirst.Compare(row, _kept.Peek()) > 0)
        {
            _kept.EnqueueDequeue(row, row);
        }

        if (_kept.Count == capacity)
        {
            threshold.Raise(_kept.Peek().Score);
        }
    }

    /// <summary>Offers all rows that another one kept.</summary>
    public void Offer(BestRows others)
    {
        foreach ((RankedRow row, _) in others._kept.UnorderedItems)
        {
            Offer(row.Score, row.Position);
        }
    }

    /// <summary>The kept rows, best first. Empties the collector.</summary>
    public RankedRow[] Drain()
    {
        var rows = new RankedRow[_kept.Count];
        for (int i = rows.Length - 1; i >= 0; i--)
        {
            rows[i] = _kept.Dequeue();
        }

        return rows;
    }
}
