using System.Diagnostics.CodeAnalysis;

namespace Splade.AI.Search.Segments;

/// <summary>What an index held after one of its writes: segments, and behind them the latest vectors in a table. Never changes.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TRecord">What is stored under a key: a vector, or a record of several.</typeparam>
/// <param name="Parts">The segments, by insertion.</param>
/// <param name="Tail">The vectors that were put in after all of them.</param>
internal sealed record IndexState<TKey, TRecord>(IReadOnlyList<SegmentPart<TKey, TRecord>> Parts, MemTableSnapshot<TKey, TRecord> Tail)
    where TKey : notnull
    where TRecord : class
{
    private readonly UseCount _uses = new();

    // A copy is another state: nobody uses it yet.
    private IndexState(IndexState<TKey, TRecord> original) => (Parts, Tail, _uses) = (original.Parts, original.Tail, new UseCount());

    /// <summary>A new state without anything.</summary>
    public static IndexState<TKey, TRecord> Empty => new([], MemTableSnapshot<TKey, TRecord>.Empty);

    public int Count => Parts.Sum(part => part.Count) + Tail.Count;

    /// <summary>The position of the first row of the table.</summary>
    public long TailPosition => Parts.Sum(part => (long)part.Segment.Rows);

    /// <summary>The keys, by insertion.</summary>
    public IEnumerable<TKey> Keys => Parts.SelectMany(part => part.LiveRows.Select(row => part.Keys[row])).Concat(Tail.Keys);

    /// <summary>Keeps the segments, for the index whose state this becomes, until <see cref="EndUse"/>.</summary>
    public void Hold()
    {
        foreach (SegmentPart<TKey, TRecord> part in Parts)
        {
            part.Segment.Hold();
        }
    }

    /// <summary>Keeps the segments for one more, if the index still holds this state when this returns.</summary>
    public void BeginUse() => _uses.Begin();

    /// <summary>Counts one less, the index among them. The last one lets the segments go.</summary>
    public void EndUse()
    {
        if (_uses.End())
        {
            foreach (SegmentPart<TKey, TRecord> part in Parts)
            {
                part.Segment.Release();
            }
        }
    }

    public bool Contains(TKey key) => Tail.TryGet(key, out _) || FindInParts(key).Part >= 0;

    public bool TryGet(TKey key, [NotNullWhen(true)] out TRecord? vector)
    {
        if (!Tail.TryGet(key, out vector) && FindInParts(key) is (int part, int row) and not (-1, _))
        {
            vector = Parts[part].Segment.Vector(row);
        }

        return vector is not null;
    }

    /// <summary>The hits that rows are, best first.</summary>
    /// <param name="best">The rows, which are taken out.</param>
    /// <param name="skip">How many of the best are left out.</param>
    public SearchHit<TKey>[] ToHits(BestRows best, int skip) =>
        [.. best.Drain().Skip(skip).Select(row => new SearchHit<TKey>(KeyAt(row.Position), row.Score))];

    /// <summary>The key at a position: rows are counted through all segments, those that were taken out included, and then through the table.</summary>
    public TKey KeyAt(long position)
    {
        foreach (SegmentPart<TKey, TRecord> part in Parts)
        {
            if (position < part.Segment.Rows)
            {
                return part.Keys[(int)position];
            }

            position -= part.Segment.Rows;
        }

        return Tail.KeyAt((int)position);
    }

    /// <summary>The segments without some keys, and how many of these there were.</summary>
    public (SegmentPart<TKey, TRecord>[] Parts, int Removed) Without(IEnumerable<TKey> keys)
    {
        var rows = new List<int>?[Parts.Count];
        foreach (TKey key in Parts.Count == 0 ? [] : keys)
        {
            (int part, int row) = FindInParts(key);
            if (part >= 0)
            {
                (rows[part] ??= []).Add(row);
            }
        }

        SegmentPart<TKey, TRecord>[] parts = [.. Parts.Select((part, i) => rows[i] is null ? part : part with { Removed = part.Removed.With(rows[i]!) })];
        return (parts, Count - Tail.Count - parts.Sum(part => part.Count));
    }

    // The latest segments are the smallest, and what was written last is changed soonest.
    private (int Part, int Row) FindInParts(TKey key)
    {
        for (int part = Parts.Count - 1; part >= 0; part--)
        {
            if (Parts[part].Find(key) is int row and >= 0)
            {
                return (part, row);
            }
        }

        return (-1, -1);
    }
}
