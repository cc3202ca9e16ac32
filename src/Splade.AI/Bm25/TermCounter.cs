namespace Splade.AI.Bm25;

/// <summary>How often each of some terms was met, in the order in which they were met first. Not safe for concurrent use.</summary>
/// <remarks>A dictionary would do: here is no key to hash, no order to restore and no comparer to call, and most of the time of BM25 is spent here.</remarks>
internal sealed class TermCounter
{
    private int[] _heads = new int[256];
    private Counted[] _counted = new Counted[128];
    private int _count;

    /// <summary>The terms.</summary>
    public ReadOnlySpan<Counted> Terms => _counted.AsSpan(0, _count);

    /// <summary>How many terms there is room for.</summary>
    public int Capacity => _counted.Length;

    public void Clear()
    {
        Array.Clear(_heads);
        _count = 0;
    }

    public void Add(Term term)
    {
        ref int head = ref HeadOf(term);
        for (int next = head; next > 0; next = _counted[next - 1].Next)
        {
            if (_counted[next - 1].Term.Equals(term))
            {
                _counted[next - 1].Frequency++;
                return;
            }
        }

        if (_count == _counted.Length)
        {
            Grow();
            head = ref HeadOf(term);
        }

        _counted[_count] = new Counted(term) { Frequency = 1, Next = head };
        head = ++_count;
    }

    private ref int HeadOf(Term term) => ref _heads[term.GetHashCode() & (_heads.Length - 1)];

    private void Grow()
    {
        Array.Resize(ref _counted, 2 * _counted.Length);
        _heads = new int[2 * _heads.Length];
        for (int i = 0; i < _count; i++)
        {
            ref int head = ref HeadOf(_counted[i].Term);
            (_counted[i].Next, head) = (head, i + 1);
        }
    }

    /// <summary>A term and how often it was met.</summary>
    internal struct Counted(Term term)
    {
        public readonly Term Term = term;
        public int Frequency;

        /// <summary>The place, counted from 1, of another term of the same head; 0 for none.</summary>
        public int Next;
    }
}
