using System.Diagnostics;

namespace Splade.AI.Tokenization.Models;

/// <summary>The symbols of a word while they are merged.</summary>
/// <remarks>
/// Reusable and growing; not safe for concurrent use. The symbols are a linked list in an array, the merges to do a heap: a word of n
/// symbols takes about n log n steps, so no text is slow.
/// </remarks>
internal sealed class BpeWord
{
    private const int InitialCapacity = 32;
    private const int None = -1;

    private BpeSymbol[] _symbols = new BpeSymbol[InitialCapacity];
    private int[] _previous = new int[InitialCapacity];
    private int[] _next = new int[InitialCapacity];
    private int _count;
    private readonly MergeQueue _queue = new();

    /// <summary>What is left after merging.</summary>
    public ReadOnlySpan<BpeSymbol> Merged => _symbols.AsSpan(0, _count);

    public void Clear() => _count = 0;

    public void Add(BpeSymbol symbol)
    {
        if (_count == _symbols.Length)
        {
            Array.Resize(ref _symbols, _count * 2);
            Array.Resize(ref _previous, _count * 2);
            Array.Resize(ref _next, _count * 2);
        }

        _symbols[_count++] = symbol;
    }

    public void ReplaceLast(BpeSymbol symbol) => _symbols[_count - 1] = symbol;

    /// <summary>Merges as long as there is something to merge: the earliest merge first, of equal ones the leftmost.</summary>
    public void MergeAll(MergeTable merges)
    {
        Link(merges);
        while (_queue.TryTake(out int rank, out int left))
        {
            int right = _next[left];

            // The left symbol may be gone, or another than it was when this merge was noted.
            if (_symbols[left].Id != None
                && right != None
                && merges.TryGet(_symbols[left].Id, _symbols[right].Id, out int currentRank, out int merged)
                && currentRank == rank)
            {
                Merge(left, right, merged);
                Note(_previous[left], left, merges);
                Note(left, _next[left], merges);
            }
        }

        RemoveMerged();
    }

    private void Link(MergeTable merges)
    {
        for (int i = 0; i < _count; i++)
        {
            _previous[i] = i - 1;
            _next[i] = i + 1 < _count ? i + 1 : None;
            Note(i - 1, i, merges);
        }
    }

    private void Note(int left, int right, MergeTable merges)
    {
        if (left != None && right != None && merges.TryGet(_symbols[left].Id, _symbols[right].Id, out int rank, out _))
        {
            _queue.Add(rank, left);
        }
    }

    private void Merge(int left, int right, int merged)
    {
        Debug.Assert(_previous[right] == left, "Neighbours know each other.");
        _symbols[left] = new BpeSymbol(merged, _symbols[left].Start, _symbols[right].End);
        _symbols[right].Id = None;
        int next = _next[right];
        _next[left] = next;
        if (next != None)
        {
            _previous[next] = left;
        }
    }

    private void RemoveMerged()
    {
        int kept = 0;
        for (int at = _count == 0 ? None : 0; at != None; at = _next[at])
        {
            _symbols[kept++] = _symbols[at];
        }

        _count = kept;
    }
}
