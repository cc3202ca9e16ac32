namespace Splade.AI;

public partial class SparseVector
{
    /// <summary>The vector of the <paramref name="count"/> heaviest entries; of equal weights the lower position stays.</summary>
    /// <param name="count">At least 1. A vector with no more entries than that is returned as it is.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public SparseVector TopK(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (count >= Count)
        {
            return this;
        }

        int[] byWeight = Enumerable.Range(0, Count).ToArray();
        Array.Sort(byWeight, (a, b) => _values[a] != _values[b] ? _values[b].CompareTo(_values[a]) : a.CompareTo(b));
        int[] kept = byWeight[..count];
        Array.Sort(kept);
        return Keep(kept);
    }

    /// <summary>The vector of the entries whose weight is at least <paramref name="minimumWeight"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="minimumWeight"/> is negative or not a number.</exception>
    public SparseVector Prune(float minimumWeight)
    {
        if (!(minimumWeight >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(minimumWeight), minimumWeight, "Expected a weight of 0 or more.");
        }

        int[] kept = Enumerable.Range(0, Count).Where(i => _values[i] >= minimumWeight).ToArray();
        return kept.Length == Count ? this : Keep(kept);
    }

    private SparseVector Keep(int[] positions) =>
        Own(Array.ConvertAll(positions, p => _indices[p]), Array.ConvertAll(positions, p => _values[p]), Dimensions);
}
