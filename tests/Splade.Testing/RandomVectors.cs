using Splade.AI;

namespace Splade.Testing;

/// <summary>Vectors drawn at random. Weights are multiples of 1/64, so that sums of single precision are the same in any order.</summary>
internal sealed class RandomVectors(int seed, int dimensions)
{
    private readonly Random _random = new(seed);

    /// <summary>Some vectors; now and then one has no entry, or those of the one before.</summary>
    public SparseVector[] Next(int count)
    {
        var vectors = new SparseVector[count];
        for (int i = 0; i < count; i++)
        {
            vectors[i] = _random.Next(8) == 0 && i > 0 ? vectors[i - 1] : Next();
        }

        return vectors;
    }

    public SparseVector Next()
    {
        float fill = _random.Next(4) * .2f;
        float[] dense = new float[dimensions];
        for (int i = 0; i < dimensions; i++)
        {
            dense[i] = _random.NextSingle() < fill ? _random.Next(1, 128) / 64f : 0;
        }

        return SparseVector.FromDense(dense);
    }
}
