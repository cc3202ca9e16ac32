namespace Splade.AI.Search;

/// <summary>Which rows of one state of a table may be hits, found out once for a search. Safe for concurrent use.</summary>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <param name="parts">For each segment the rows that may be hits; none of them has been taken out.</param>
/// <param name="isHit">Whether a value of the table behind the segments may be one. Called on the calling thread.</param>
internal sealed class RowFilter<TValue>(RowMask[] parts, Func<TValue, bool> isHit)
{
    /// <summary>If fewer than one of so many rows are left, scoring each costs less than bounding all.</summary>
    private const int FewOf = 256;

    private readonly int[] _counts = Array.ConvertAll(parts, part => part.Count);

    /// <summary>Whether a value of the table behind the segments may be a hit.</summary>
    public Func<TValue, bool> IsHit { get; } = isHit;

    /// <summary>The rows of a segment that may be hits.</summary>
    public RowMask Part(int part) => parts[part];

    /// <summary>The rows that another filter of the same state leaves too.</summary>
    public RowFilter<TValue> And(RowFilter<TValue> other) =>
        new([.. parts.Select((part, i) => part.Common(other.Part(i)))], value => IsHit(value) && other.IsHit(value));

    /// <summary>Whether so few rows of a segment may be hits that each of them had better be scored, or none.</summary>
    /// <param name="part">The segment.</param>
    /// <param name="rows">How many rows it has.</param>
    public bool HasFew(int part, int rows) => (long)_counts[part] * FewOf < rows;
}
