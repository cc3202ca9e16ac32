namespace Splade.AI.Tokenization.Models;

/// <summary>Merges to do: the earliest first, of equal ones the leftmost. A binary heap.</summary>
/// <remarks>Reusable and growing; not safe for concurrent use.</remarks>
internal sealed class MergeQueue
{
    private long[] _heap = new long[32];
    private int _count;

    public void Add(int rank, int position)
    {
        if (_count == _heap.Length)
        {
            Array.Resize(ref _heap, _count * 2);
        }

        long item = ((long)rank << 32) | (uint)position;
        int at = _count++;
        while (at > 0 && item < _heap[(at - 1) / 2])
        {
            _heap[at] = _heap[(at - 1) / 2];
            at = (at - 1) / 2;
        }

        _heap[at] = item;
    }

    /// <summary>Takes the next merge out.</summary>
    public bool TryTake(out int rank, out int position)
    {
        if (_count == 0)
        {
            rank = 0;
            position = 0;
            return false;
        }

        rank = (int)(_heap[0] >> 32);
        position = (int)_heap[0];
        PlaceFromTop(_heap[--_count]);
        return true;
    }

    private void PlaceFromTop(long item)
    {
        int at = 0;
        for (int child = 1; child < _count; child = (2 * at) + 1)
        {
            if (child + 1 < _count && _heap[child + 1] < _heap[child])
            {
                child++;
            }

            if (item <= _heap[child])
            {
                break;
            }

            _heap[at] = _heap[child];
            at = child;
        }

        _heap[at] = item;
    }
}
