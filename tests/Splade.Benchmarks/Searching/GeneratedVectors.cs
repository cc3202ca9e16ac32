using Splade.AI;

namespace Splade.Benchmarks.Searching;

/// <summary>Seeded vectors of the shape that SPLADE models give, and queries for them.</summary>
/// <remarks>
/// 119 terms a document on average, from 8 to 400; a term of popularity rank r, from 0, in a share min(0.5, 5.23/(r+1)^0.85) of the documents;
/// few large weights and many small ones, multiples of 1/64 so that sums are the same in any order; queries of 43 terms. Terms do not
/// depend on each other, which is unkind to pruning.
/// </remarks>
internal sealed class GeneratedVectors : IVectorGenerator
{
    public const int Dimensions = 30_522;

    private const double MeanTerms = 119;
    private const int QueryTerms = 43;

    /// <summary>Terms of so low a rank are decided one by one, all others drawn.</summary>
    private const int Popular = 256;

    private readonly Random _random;
    private readonly TermPopularity _popularity;

    public GeneratedVectors(int seed)
    {
        _random = new Random(seed);
        _popularity = new TermPopularity(_random);
    }

    public SparseVector Document()
    {
        const double Spread = 0.5;
        double length = Math.Clamp(MeanTerms * Math.Exp((Spread * TermWeights.Gauss(_random)) - (Spread * Spread / 2)), 8, 400) / MeanTerms;
        var terms = new HashSet<int>();
        for (int rank = 0; rank < Popular; rank++)
        {
            if (_random.NextDouble() < Math.Min(0.95, TermPopularity.Share(rank) * length))
            {
                terms.Add(_popularity.TermOf(rank));
            }
        }

        double others = _popularity.SumFrom(Popular) * length;
        for (int i = 0; i < (int)(others + _random.NextDouble()); i++)
        {
            terms.Add(_popularity.Draw(_random, from: Popular));
        }

        return Vector(terms, largest: 4);
    }

    public SparseVector Query()
    {
        var terms = new HashSet<int>();
        while (terms.Count < QueryTerms)
        {
            terms.Add(_popularity.Draw(_random));
        }

        return Vector(terms, largest: 3);
    }

    private SparseVector Vector(HashSet<int> terms, float largest)
    {
        int[] indices = [.. terms.Order()];
        return new SparseVector(indices, Array.ConvertAll(indices, _ => TermWeights.Draw(_random, scale: 1, largest)), Dimensions);
    }
}
