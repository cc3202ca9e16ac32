using Splade.AI;

namespace Splade.Testing;

/// <summary>Seeded vectors whose weights are multiples of 1/64, so that sums of their products are exact in any order.</summary>
internal sealed class GeneratedVectors(int seed)
{
    private readonly Random _random = new(seed);

    public int Next(int exclusiveMaximum) => _random.Next(exclusiveMaximum);

    public SparseVector Sparse(int dimensions, int mostEntries)
    {
        int[] indices = [.. Enumerable.Range(0, _random.Next(mostEntries + 1)).Select(_ => _random.Next(dimensions)).Distinct().Order()];
        float[] values = [.. indices.Select(_ => _random.Next(1, 129) / 64f)];
        return new SparseVector(indices, values, dimensions);
    }

    /// <summary>Never all zero.</summary>
    public float[] Dense(int dimensions)
    {
        float[] values = [.. Enumerable.Range(0, dimensions).Select(_ => _random.Next(-64, 65) / 64f)];
        values[_random.Next(dimensions)] = 1;
        return values;
    }
}
