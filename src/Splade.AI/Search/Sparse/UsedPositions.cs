namespace Splade.AI.Search.Sparse;

/// <summary>The positions that some vectors of a very large space have, so that what counts them need not be as large as the space.</summary>
/// <remarks>Immutable.</remarks>
internal sealed class UsedPositions
{
    private readonly int[] _positions;

    /// <summary>Looked up for each entry twice, which takes several times as long by halving.</summary>
    private readonly Dictionary<int, int> _places;

    private UsedPositions(int[] positions)
    {
        _positions = positions;
        _places = new Dictionary<int, int>(positions.Length, SecretPositions.Instance);
        for (int place = 0; place < positions.Length; place++)
        {
            _places.Add(positions[place], place);
        }
    }

    /// <summary>How many there are.</summary>
    public int Count => _positions.Length;

    /// <summary>A position by its place among them, ascending.</summary>
    public int this[int place] => _positions[place];

    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static UsedPositions Of(IReadOnlyList<SparseVector> rows, CancellationToken cancellationToken)
    {
        var positions = new HashSet<int>(SecretPositions.Instance);
        for (int row = 0; row < rows.Count; row++)
        {
            foreach (int position in WindowRows.Read(rows, row, cancellationToken).Indices)
            {
                positions.Add(position);
            }
        }

        int[] ascending = [.. positions];
        Array.Sort(ascending);
        return new UsedPositions(ascending);
    }

    /// <summary>The same rows with places in place of positions. Each is made anew when it is read.</summary>
    public IReadOnlyList<SparseVector> Number(IReadOnlyList<SparseVector> rows) => new NumberedRows(rows, this);

    /// <summary>A vector with places in place of its positions. As both ascend, so do they.</summary>
    public SparseVector Number(SparseVector vector)
    {
        int[] places = vector.Indices.ToArray();
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = _places[places[i]];
        }

        return SparseVector.Own(places, vector.Values.ToArray(), Count);
    }
}
