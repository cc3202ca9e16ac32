namespace Splade.AI.Tests.Search;

/// <summary>Inverse document frequencies in the most obvious way: by looking at all vectors.</summary>
internal static class CountedFrequencies
{
    /// <summary>ln((n - df + 0.5) / (df + 0.5) + 1), n and df counted among vectors that have an entry.</summary>
    public static double Idf(IEnumerable<SparseVector> vectors, int position)
    {
        int documents = 0, having = 0;
        foreach (SparseVector vector in vectors.Where(vector => vector.Count > 0))
        {
            documents++;
            having += vector[position] > 0 ? 1 : 0;
        }

        return Math.Log((documents + 1.0) / (having + 0.5));
    }

    /// <summary>A query with its weights multiplied.</summary>
    public static SparseVector Weigh(IReadOnlyCollection<SparseVector> vectors, SparseVector query) => new(
        query.Indices, [.. query.Indices.ToArray().Select((position, i) => (float)(query.Values[i] * Idf(vectors, position)))], query.Dimensions);

    /// <summary>Vectors over all integers, as hashed words have: positions anywhere, the first and the last among them, many of them once only.</summary>
    public static SparseVector Hashed(Random random, int[] common, int mostEntries)
    {
        int[] indices =
        [
            .. Enumerable.Range(0, random.Next(mostEntries + 1))
                .Select(_ => random.Next(8) == 0 ? random.Next(int.MaxValue) : common[(int)(common.Length * Math.Pow(random.NextDouble(), 3))])
                .Distinct()
                .Order(),
        ];
        return new SparseVector(indices, [.. indices.Select(_ => random.Next(1, 129) / 64f)], int.MaxValue);
    }

    /// <summary>The positions that such vectors have in common.</summary>
    public static int[] Common(Random random, int count) => [0, int.MaxValue - 1, .. Enumerable.Range(0, count - 2).Select(_ => random.Next(int.MaxValue))];
}
