using System.Diagnostics;

namespace Splade.AI.Search;

/// <summary>Keeps the best of the items offered: higher scores first, of equal scores the one offered earlier.</summary>
/// <param name="capacity">How many to keep, at least 1.</param>
/// <remarks>
/// A heap with the worst kept item on top, so that most offers cost one comparison. NaN counts as lower than any number. Memory grows
/// with the items kept, not with <paramref name="capacity"/>. Not safe for concurrent use.
/// </remarks>
internal sealed class TopK<TItem>(int capacity)
{
    private static readonly IComparer<Place> WorstFirst = Comparer<Place>.Create(static (a, b) =>
        a.Score.CompareTo(b.Score) is int byScore and not 0 ? byScore : b.Arrival.CompareTo(a.Arrival));

    private readonly PriorityQueue<TItem, Place> _kept = new(WorstFirst);
    private int _offered;

    public void Offer(TItem item, float score)
    {
        Debug.Assert(capacity > 0, "A collector of nothing.");
        var place = new Place(score, _offered++);
        if (_kept.Count < capacity)
        {
            _kept.Enqueue(item, place);
        }
        else if (_kept.TryPeek(out _, out Place worst) && score.CompareTo(worst.Score) > 0)
        {
            _kept.EnqueueDequeue(item, place);
        }
    }

    /// <summary>The kept items, best first. Empties the collector.</summary>
    public SearchHit<TItem>[] Drain()
    {
        var hits = new SearchHit<TItem>[_kept.Count];
        for (int i = hits.Length - 1; i >= 0; i--)
        {
            _kept.TryDequeue(out TItem? item, out Place place);
            hits[i] = new SearchHit<TItem>(item!, place.Score);
        }

        return hits;
    }

    private readonly record struct Place(float Score, int Arrival);
}
