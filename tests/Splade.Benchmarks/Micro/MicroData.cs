using Splade.AI;

namespace Splade.Benchmarks.Micro;

/// <summary>Rows and vectors of random weights, always the same.</summary>
internal static class MicroData
{
    private const int Vocabulary = 30522;

    /// <summary>A row of which so many numbers are positive, at random places.</summary>
    public static float[] Row(int length, int positive, int seed = 1)
    {
        var random = new Random(seed);
        float[] row = new float[length];
        row.AsSpan().Fill(-1);
        int[] places = [.. Enumerable.Range(0, length)];
        random.Shuffle(places);
        foreach (int place in places.Take(positive))
        {
            row[place] = 0.01f + (3 * random.NextSingle());
        }

        return row;
    }

    public static SparseVector Vector(int entries, int seed)
    {
        float[] row = Row(Vocabulary, entries, seed);
        int[] indices = [.. Enumerable.Range(0, Vocabulary).Where(i => row[i] > 0)];
        return new SparseVector(indices, Array.ConvertAll(indices, i => row[i]), Vocabulary);
    }
}
