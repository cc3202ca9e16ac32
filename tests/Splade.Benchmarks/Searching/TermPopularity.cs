namespace Splade.Benchmarks.Searching;

/// <summary>In how many documents a term is: that of popularity rank r, from 0, in a share min(0.5, 5.23/(r+1)^0.85) of them.</summary>
internal sealed class TermPopularity
{
    private readonly int[] _terms = [.. Enumerable.Range(0, GeneratedVectors.Dimensions)];

    /// <summary>For each rank the sum of the shares up to it.</summary>
    private readonly double[] _shares = new double[GeneratedVectors.Dimensions];

    /// <param name="random">Says which term has which rank.</param>
    public TermPopularity(Random random)
    {
        random.Shuffle(_terms);
        double sum = 0;
        for (int rank = 0; rank < _shares.Length; rank++)
        {
            _shares[rank] = sum += Share(rank);
        }
    }

    public static double Share(int rank) => Math.Min(0.5, 5.23 / Math.Pow(rank + 1, 0.85));

    public int TermOf(int rank) => _terms[rank];

    /// <summary>The sum of the shares of the terms from a rank on.</summary>
    public double SumFrom(int rank) => _shares[^1] - SumBefore(rank);

    /// <summary>A term by its popularity.</summary>
    /// <param name="random">Where it comes from.</param>
    /// <param name="from">The first rank that may come.</param>
    public int Draw(Random random, int from = 0)
    {
        double before = SumBefore(from);
        int rank = Array.BinarySearch(_shares, before + (random.NextDouble() * (_shares[^1] - before)));
        return _terms[Math.Min(rank < 0 ? ~rank : rank, _terms.Length - 1)];
    }

    private double SumBefore(int rank) => rank == 0 ? 0 : _shares[rank - 1];
}
