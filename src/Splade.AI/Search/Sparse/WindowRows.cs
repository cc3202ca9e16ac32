namespace Splade.AI.Search.Sparse;

/// <summary>Reads vectors one after the other, and now and then looks whether that is still wanted.</summary>
internal static class WindowRows
{
    private const int CancellationStride = 4096;

    public static SparseVector Read(IReadOnlyList<SparseVector> rows, int row, CancellationToken cancellationToken)
    {
        if (row % CancellationStride == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return rows[row];
    }
}
