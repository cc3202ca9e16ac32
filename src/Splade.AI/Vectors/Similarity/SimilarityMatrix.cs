namespace Splade.AI.Vectors.Similarity;

/// <summary>Compares many vectors with many, on all processors.</summary>
internal static class SimilarityMatrix
{
    /// <summary>With fewer vectors than this on one side, looking entries up costs more than walking each pair.</summary>
    private const int FewVectors = 5;

    /// <summary>Pairs per unit of parallel work.</summary>
    private const int CellsPerPart = 1024;

    public static float[,] Compute<TKernel>(
        IReadOnlyList<SparseVector> rows, IReadOnlyList<SparseVector> columns, CancellationToken cancellationToken)
        where TKernel : struct, ISimilarityKernel
    {
        var matrix = new float[rows.Count, columns.Count];
        var options = new ParallelOptions { CancellationToken = cancellationToken };
        if (Math.Min(rows.Count, columns.Count) < FewVectors)
        {
            FillByPairs<TKernel>(matrix, rows, columns, options);
        }
        else if (rows.Count <= columns.Count)
        {
            SimilarityBlocks.Fill<TKernel>(new SimilarityTable(matrix, shorterHasColumns: false), rows, columns, options);
        }
        else
        {
            SimilarityBlocks.Fill<TKernel>(new SimilarityTable(matrix, shorterHasColumns: true), columns, rows, options);
        }

        return matrix;
    }

    private static void FillByPairs<TKernel>(
        float[,] matrix, IReadOnlyList<SparseVector> rows, IReadOnlyList<SparseVector> columns, ParallelOptions options)
        where TKernel : struct, ISimilarityKernel
    {
        long cells = matrix.LongLength;
        Parallel.For(0, (cells + CellsPerPart - 1) / CellsPerPart, options, part =>
        {
            for (long cell = part * CellsPerPart; cell < Math.Min(cells, (part + 1) * CellsPerPart); cell++)
            {
                (long row, long column) = Math.DivRem(cell, columns.Count);
                matrix[row, column] = SimilarityPair.Compute<TKernel>(rows[(int)row], columns[(int)column]);
            }
        });
    }
}
