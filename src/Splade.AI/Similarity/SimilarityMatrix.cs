namespace Splade.AI.Similarity;

/// <summary>Compares many vectors with many, a block of rows at a time: each column then meets only the entries it shares.</summary>
internal static class SimilarityMatrix
{
    /// <summary>Rows per block: their sums, of 8 bytes each, fit in a first-level cache.</summary>
    private const int BlockSize = 1024;

    /// <summary>Columns per unit of parallel work: those of one cache line of the result, so that no two threads write to one.</summary>
    private const int ColumnsPerPart = 16;

    public static float[,] Compute<TKernel>(
        IReadOnlyList<SparseVector> rows, IReadOnlyList<SparseVector> columns, CancellationToken cancellationToken)
        where TKernel : struct, ISimilarityKernel
    {
        var matrix = new float[rows.Count, columns.Count];
        for (int start = 0; start < rows.Count; start += BlockSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            FillRows<TKernel>(matrix, start, [.. rows.Skip(start).Take(BlockSize)], columns, cancellationToken);
        }

        return matrix;
    }

    private static void FillRows<TKernel>(
        float[,] matrix, int start, SparseVector[] rows, IReadOnlyList<SparseVector> columns, CancellationToken cancellationToken)
        where TKernel : struct, ISimilarityKernel
    {
        var block = new VectorBlock(rows);
        double[] measures = Array.ConvertAll(rows, TKernel.Measure);
        int parts = (columns.Count + ColumnsPerPart - 1) / ColumnsPerPart;
        Parallel.For(
            0,
            parts,
            new ParallelOptions { CancellationToken = cancellationToken },
            () => new double[rows.Length],
            (part, _, sums) =>
            {
                for (int column = part * ColumnsPerPart; column < Math.Min(columns.Count, (part + 1) * ColumnsPerPart); column++)
                {
                    AddShared<TKernel>(block, columns[column], sums);
                    FillColumn<TKernel>(matrix, start, column, sums, measures, TKernel.Measure(columns[column]));
                }

                return sums;
            },
            static _ => { });
    }

    /// <summary>For each vector of the block, the sum over the positions that it shares with the column.</summary>
    private static void AddShared<TKernel>(VectorBlock block, SparseVector column, double[] sums)
        where TKernel : struct, ISimilarityKernel
    {
        Array.Clear(sums);
        for (int i = 0; i < column.Count; i++)
        {
            float value = column.Values[i];
            foreach (BlockEntry entry in block[column.Indices[i]])
            {
                sums[entry.Row] = TKernel.Add(sums[entry.Row], entry.Value, value);
            }
        }
    }

    private static void FillColumn<TKernel>(float[,] matrix, int start, int column, double[] sums, double[] measures, double measure)
        where TKernel : struct, ISimilarityKernel
    {
        for (int row = 0; row < sums.Length; row++)
        {
            matrix[start + row, column] = TKernel.Finish(sums[row], measures[row], measure);
        }
    }
}
