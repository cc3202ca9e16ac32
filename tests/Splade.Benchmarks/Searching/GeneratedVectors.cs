using Splade.AI;

namespace Splade.Benchmarks.Searching;

/// <summary>Seeded vectors of the shape that SPLADE models give, and queries for them.</summary>
/// <remarks>
/// 119 terms a document on average, from 8 to 400; a term of popularity rank r, from 0, in a share min(0.5, 5.23/(r+1)^0.85) of the documents;
/// few large weights and many small ones, multiples of 1/64 so that sums are the same in any order; queries of 43 terms. Terms do not
/// depend on each other, which is unkind to pruning.
/// </remarks>
internal sealed class GeneratedVectors
{
    public const int Dimensions = 30_522;

    private const double MeanTerms = 119;
    private const int QueryTerms = 43;

    /// <summary>Terms of so low a rank are decided one by one, all others drawn.</summary>
    private const int Popular = 256;

    private readonly Random _random;
    private readonly int[] _terms;

    /// <summary>For each rank the sum of the shares up to it.</summary>
    private readonly double[] _shares = new double[Dimensions];

    public GeneratedVectors(int seed)
    {
        _random = new Random(seed);
        _terms = [.. Enumerable.Range(0, Dimensions)];
        _random.Shuffle(_terms);
        double sum = 0;
        for (int rank = 0; rank < Dimensions; rank++)
        {
            _shares[rank] = sum += Share(rank);
        }
    }

    public SparseVector Document()
    {
        const double Spread = 0.5;
        double length = Math.Clamp(MeanTerms * Math.Exp((Spread * Gauss()) - (Spread * Spread / 2)), 8, 400) / MeanTerms;
        var terms = new HashSet<int>();
        for (int rank = 0; rank < Popular; rank++)
        {
            if (_random.NextDouble() < Math.Min(0.95, Share(rank) * length))
            {
                terms.Add(_terms[rank]);
            }
        }

        double others = (_shares[^1] - _shares[Popular - 1]) * length;
        for (int i = 0; i < (int)(others + _random.NextDouble()); i++)
        {
            terms.Add(Draw(_shares[Popular - 1]));
        }

        return Vector(terms, largest: 4);
    }

    public SparseVector Query()
    {
        var terms = new HashSet<int>();
        while (terms.Count < QueryTerms)
        {
            terms.Add(Draw(0));
        }

        return Vector(terms, largest: 3);
    }

    private static double Share(int rank) => Math.Min(0.5, 5.23 / Math.Pow(rank + 1, 0.85));

    /// <summary>A term by its popularity.</summary>
    /// <param name="from">The sum of the shares of terms that are too popular.</param>
    private int Draw(double from)
    {
        int rank = Array.BinarySearch(_shares, from + (_random.NextDouble() * (_shares[^1] - from)));
        return _terms[Math.Min(rank < 0 ? ~rank : rank, Dimensions - 1)];
    }

    private SparseVector Vector(HashSet<int> terms, float largest)
    {
        int[] indices = [.. terms.Order()];
        return new SparseVector(indices, Array.ConvertAll(indices, _ => Weight(largest)), Dimensions);
    }

    private float Weight(float largest) =>
        (float)Math.Clamp(Math.Round(0.4 * Math.Exp(0.8 * Gauss()) * 64), 1, largest * 64) / 64;

    private double Gauss() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
