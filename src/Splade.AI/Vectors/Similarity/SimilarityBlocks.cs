namespace Splade.AI.Vectors.Similarity;

/// <summary>
/// Compares the vectors of two lists, a block of the shorter one at a time: each vector of the longer one then meets only the entries
/// that it shares with the block. Every similarity is the same both ways, so it makes no difference which list is which.
/// </summary>
internal static class SimilarityBlocks
{
    /// <summary>Vectors per block: their sums, of 8 bytes each, fit in a first-level cache.</summary>
    private const int BlockSize = 1024;

    /// <summary>Vectors per unit of parallel work: as many results as share a cache line, so that two threads rarely write to one.</summary>
    private const int VectorsPerPart = 16;

    public static void Fill<TKernel>(
        SimilarityTable table, IReadOnlyList<SparseVector> shorter, IReadOnlyList<SparseVector> longer, ParallelOptions options)
        where TKernel : struct, ISimilarityKernel
    {
        for (int start = 0; start < shorter.Count; start += BlockSize)
        {
            FillBlock<TKernel>(table, start, [.. shorter.Skip(start).Take(BlockSize)], longer, options);
        }
    }

    private static void FillBlock<TKernel>(
        SimilarityTable table, int start, SparseVector[] vectors, IReadOnlyList<SparseVector> longer, ParallelOptions options)
        where TKernel : struct, ISimilarityKernel
    {
        var block = new VectorBlock(vectors);
        double[] measures = Array.ConvertAll(vectors, TKernel.Measure);
        int parts = (longer.Count + VectorsPerPart - 1) / VectorsPerPart;
        Parallel.For(0, parts, options, () => new double[vectors.Length], FillPart, static _ => { });

        double[] FillPart(int part, ParallelLoopState state, double[] sums)
        {
            for (int other = part * VectorsPerPart; other < Math.Min(longer.Count, (part + 1) * VectorsPerPart); other++)
            {
                AddShared<TKernel>(block, longer[other], sums);
                double measure = TKernel.Measure(longer[other]);
                for (int place = 0; place < sums.Length; place++)
                {
                    table.Set(start + place, other, TKernel.Finish(sums[place], measures[place], measure));
                }
            }

            return sums;
        }
    }

    /// <summary>For each vector of the block, the sum over the positions that it shares with the other.</summary>
    private static void AddShared<TKernel>(VectorBlock block, SparseVector other, double[] sums)
        where TKernel : struct, ISimilarityKernel
    {
        Array.Clear(sums);
        for (int i = 0; i < other.Count; i++)
        {
            float value = other.Values[i];
            foreach (BlockEntry entry in block[other.Indices[i]])
            {
                sums[entry.Place] = TKernel.Add(sums[entry.Place], entry.Value, value);
            }
        }
    }
}

/// <summary>The result as seen by whoever compares a shorter list with a longer one, whichever of them has the rows.</summary>
/// <param name="matrix">The result.</param>
/// <param name="shorterHasColumns">Whether the shorter list has the columns, and not the rows.</param>
internal readonly struct SimilarityTable(float[,] matrix, bool shorterHasColumns)
{
    public void Set(int shorter, int longer, float similarity)
    {
        if (shorterHasColumns)
        {
            matrix[longer, shorter] = similarity;
        }
        else
        {
            matrix[shorter, longer] = similarity;
        }
    }
}
