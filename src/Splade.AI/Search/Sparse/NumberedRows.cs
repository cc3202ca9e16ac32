using System.Collections;

namespace Splade.AI.Search.Sparse;

/// <summary>Vectors with the places of their positions among those that are used.</summary>
/// <param name="rows">The vectors.</param>
/// <param name="used">The positions.</param>
internal sealed class NumberedRows(IReadOnlyList<SparseVector> rows, UsedPositions used) : IReadOnlyList<SparseVector>
{
    public int Count => rows.Count;

    public SparseVector this[int index] => used.Number(rows[index]);

    public IEnumerator<SparseVector> GetEnumerator() => rows.Select(used.Number).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
