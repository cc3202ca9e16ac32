using System.Collections.Concurrent;
using Splade.AI.Search.Segments;

namespace Splade.AI.Search.Sparse;

/// <summary>How many rows of a segment have a term, without those that were taken out. Safe for concurrent use.</summary>
/// <remarks>
/// The rows of a term are counted in its lists. What rows that were taken out had is kept for one set of such rows, the largest that was asked for: it
/// follows each write by the rows that this took out, and states of before give back what they have still. Nothing is kept before it is asked for.
/// </remarks>
/// <param name="segment">The segment.</param>
internal sealed class SegmentFrequencies(SparseSegment segment)
{
    private readonly ConcurrentDictionary<int, int> _rowsInBlocks = new();
    private readonly Lock _following = new();
    private int _filled = -1;

    private RowSet _removed = RowSet.Empty;
    private int[] _removedHaving = [];
    private int _removedFilled;

    /// <summary>Adds how many rows have each of some positions.</summary>
    /// <param name="positions">The positions, ascending.</param>
    /// <param name="removed">The rows that were taken out.</param>
    /// <param name="having">Is added to.</param>
    /// <returns>How many rows have an entry.</returns>
    public int Count(ReadOnlySpan<int> positions, RowSet removed, long[] having)
    {
        int[] numbers = new int[positions.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = segment.Terms.BinarySearch(positions[i]);
            having[i] += numbers[i] < 0 ? 0 : Rows(numbers[i]);
        }

        int filled = Filled();
        if (removed.Count > 0)
        {
            lock (_following)
            {
                filled -= CountRemoved(numbers, removed, having);
            }
        }

        GC.KeepAlive(segment);
        return filled;
    }

    private int CountRemoved(int[] numbers, RowSet removed, long[] having)
    {
        if (removed.Count >= _removed.Count)
        {
            Follow(removed);
        }

        for (int i = 0; i < numbers.Length; i++)
        {
            having[i] -= numbers[i] < 0 ? 0 : _removedHaving[numbers[i]];
        }

        // For a state of before: rows that it has still.
        int filled = _removedFilled;
        foreach (int row in _removed.Except(removed))
        {
            filled -= segment.CountOf(row) > 0 ? 1 : 0;
            for (int i = 0; i < numbers.Length; i++)
            {
                having[i] += numbers[i] >= 0 && segment.Has(row, numbers[i]) ? 1 : 0;
            }
        }

        return filled;
    }

    private void Follow(RowSet removed)
    {
        if (_removedHaving.Length == 0)
        {
            _removedHaving = new int[segment.Layout.Header.Terms];
        }

        foreach (int row in removed.Except(_removed))
        {
            _removedFilled += segment.AddTerms(row, _removedHaving) > 0 ? 1 : 0;
        }

        _removed = removed;
    }

    /// <summary>How many rows have a term. In blocks they are counted once only.</summary>
    private int Rows(int term) => segment.CountLists(term) is int rows and >= 0 ? rows : _rowsInBlocks.GetOrAdd(term, segment.CountRows);

    private int Filled()
    {
        if (Volatile.Read(ref _filled) is int known and >= 0)
        {
            return known;
        }

        ReadOnlySpan<uint> starts = segment.RowStarts;
        int filled = 0;
        for (int row = 1; row < starts.Length; row++)
        {
            filled += starts[row] > starts[row - 1] ? 1 : 0;
        }

        Volatile.Write(ref _filled, filled);
        return filled;
    }
}
