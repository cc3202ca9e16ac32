using Splade.AI.Search.Storage;

namespace Splade.AI.Search.Segments;

/// <summary>Vectors in a form that is searched fast. Does not change once it is built; safe for concurrent use.</summary>
/// <typeparam name="TRecord">What is stored under a key: a vector, or a record of several.</typeparam>
/// <remarks>
/// Its memory goes with the last state that holds it, or, if none ever did, when nobody can reach it: whoever works with pointers into it keeps it
/// alive.
/// </remarks>
internal abstract class IndexSegment<TRecord> : IDisposable
{
    /// <summary>With more rows there would be no room for the places of their keys.</summary>
    private const int MostRows = 1 << 29;

    private int _holders;

    /// <summary>How many vectors there are.</summary>
    public abstract int Rows { get; }

    /// <summary>Which share of what a segment of its kind can hold it takes. That of a merged segment is not above the sum of theirs.</summary>
    public virtual double Fill => (double)Rows / MostRows;

    /// <summary>The size of the space of the vectors.</summary>
    public abstract int Dimensions { get; }

    /// <summary>All that the segment consists of, as its file holds it; <see cref="ISegmentKind{TRecord}.Open"/> makes the segment of them again.</summary>
    public abstract IReadOnlyList<SegmentMemory> Sections { get; }

    /// <summary>A vector as it was put in.</summary>
    public abstract TRecord Vector(int row);

    /// <summary>Keeps it for one more state. It is new, or another state holds it.</summary>
    public void Hold() => Interlocked.Increment(ref _holders);

    /// <summary>The last state that lets it go ends it.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            Dispose();
        }
    }

    public abstract void Dispose();
}
