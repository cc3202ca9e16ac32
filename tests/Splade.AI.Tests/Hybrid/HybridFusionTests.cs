using Splade.AI.Hybrid;
using Splade.AI.Search;

namespace Splade.AI.Tests.Hybrid;

public sealed class HybridFusionTests
{
    // Sparse: a 4, b 2; dense: b 0.9, c 0.4. Elsewhere: c scores 1 sparse, a scores 0.2 dense.
    private static readonly SearchHit<string>[] Sparse = [new("a", 4), new("b", 2)];
    private static readonly SearchHit<string>[] Dense = [new("b", .9f), new("c", .4f)];

    [Fact]
    public void Fuse_MinMax_StretchesEachSideOverAllCandidates()
    {
        IReadOnlyList<SearchHit<string>> hits = HybridFusion.MinMax(.25f).Fuse(Known());

        // Sparse 1..4, dense 0.2..0.9: b = 0.25 / 3 + 0.75, a = 0.25, c = 0.75 * 0.2 / 0.7.
        Assert.Equal(["b", "a", "c"], hits.Select(hit => hit.Key));
        Assert.Equal([.25 / 3 + .75, .25, .75 * .2 / .7], hits.Select(hit => (double)hit.Score), (x, y) => Math.Abs(x - y) < 1e-6);
    }

    [Fact]
    public void Fuse_TheoreticalMinMax_StartsAtTheFloorsOfBothMeasures()
    {
        IReadOnlyList<SearchHit<string>> hits = HybridFusion.TheoreticalMinMax().Fuse(Known());

        // a = 0.5 * 4/4 + 0.5 * 1.2/1.9, b = 0.5 * 2/4 + 0.5, c = 0.5 * 1/4 + 0.5 * 1.4/1.9.
        Assert.Equal(["a", "b", "c"], hits.Select(hit => hit.Key));
        Assert.Equal([.5 + .6 / 1.9, .75, .125 + .7 / 1.9], hits.Select(hit => (double)hit.Score), (x, y) => Math.Abs(x - y) < 1e-6);
    }

    [Fact]
    public void Fuse_DistributionBased_StretchesOverThreeSigmaOfWhatASideReturned()
    {
        IReadOnlyList<SearchHit<string>> hits = HybridFusion.DistributionBased().Fuse(Known());

        // Of two scores the sample's deviation is their distance by the square root of 2; each is 0.5 +- 1 / (6 * sqrt 2) of the range.
        double step = 1 / (6 * Math.Sqrt(2));
        double elsewhereSparse = .5 - (3 - 1) / (6 * Math.Sqrt(2)), elsewhereDense = .5 + (.2 - .65) / (6 * .5 / Math.Sqrt(2));
        Assert.Equal(["b", "a", "c"], hits.Select(hit => hit.Key));
        Assert.Equal(
            [.5, ((.5 + step) + elsewhereDense) / 2, ((.5 - step) + elsewhereSparse) / 2],
            hits.Select(hit => (double)hit.Score),
            (x, y) => Math.Abs(x - y) < 1e-6);
    }

    [Fact]
    public void Fuse_UnknownScores_AddNothing()
    {
        IReadOnlyList<SearchHit<string>> hits = HybridFusion.MinMax().Fuse(new HybridCandidates<string>(Sparse, Dense));

        Assert.Equal([new SearchHit<string>("a", .5f), new SearchHit<string>("b", .5f), new SearchHit<string>("c", 0)], hits);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Fuse_ReciprocalRank_EqualsTheFusionOfRankings(int seed)
    {
        (SearchHit<int>[] sparse, SearchHit<int>[] dense) = Generate(new Random(seed));
        var candidates = new HybridCandidates<int>(sparse, dense, _ => 1, _ => 1);

        Assert.Equal(
            HybridFusion.FuseRankings<int>([[.. sparse.Select(h => h.Key)], [.. dense.Select(h => h.Key)]], [.3f, 2], k: 7),
            HybridFusion.ReciprocalRank(7, .3f, 2).Fuse(candidates));
    }

    [Theory]
    [InlineData(1, FusionMethod.MinMax)]
    [InlineData(2, FusionMethod.MinMax)]
    [InlineData(3, FusionMethod.TheoreticalMinMax)]
    [InlineData(4, FusionMethod.TheoreticalMinMax)]
    [InlineData(5, FusionMethod.DistributionBased)]
    [InlineData(6, FusionMethod.DistributionBased)]
    public void Fuse_GeneratedScores_EqualsTheDefinition(int seed, FusionMethod method)
    {
        var random = new Random(seed);
        (SearchHit<int>[] sparse, SearchHit<int>[] dense) = Generate(random);
        float weight = random.Next(1, 10) / 10f;
        HybridFusion fusion = method switch
        {
            FusionMethod.MinMax => HybridFusion.MinMax(weight),
            FusionMethod.TheoreticalMinMax => HybridFusion.TheoreticalMinMax(weight),
            _ => HybridFusion.DistributionBased(weight),
        };
        int[] keys = [.. sparse.Concat(dense).Select(hit => hit.Key).Distinct()];
        float SparseOf(int key) => sparse.Where(h => h.Key == key).Select(h => h.Score).DefaultIfEmpty(key % 3).First();
        float DenseOf(int key) => dense.Where(h => h.Key == key).Select(h => h.Score).DefaultIfEmpty(-key / 64f).First();

        IReadOnlyList<SearchHit<int>> hits = fusion.Fuse(new HybridCandidates<int>(sparse, dense, key => SparseOf(key), key => DenseOf(key)));

        double Unit(float score, float[] all, SearchHit<int>[] returned, double floor)
        {
            double mean = returned.Average(h => h.Score), sigma = Math.Sqrt(returned.Sum(h => Math.Pow(h.Score - mean, 2)) / (returned.Length - 1));
            (double low, double high) = method switch
            {
                FusionMethod.MinMax => (all.Min(), all.Max()),
                FusionMethod.TheoreticalMinMax => (floor, all.Max()),
                _ => (mean - 3 * sigma, mean + 3 * sigma),
            };
            return (score - low) / (high - low);
        }

        float[] allSparse = [.. keys.Select(SparseOf)], allDense = [.. keys.Select(DenseOf)];
        Assert.Equal(keys.Order(), hits.Select(hit => hit.Key).Order());
        Assert.Equal(hits.OrderByDescending(hit => hit.Score), hits);
        Assert.All(hits, hit => Assert.Equal(
            weight * Unit(SparseOf(hit.Key), allSparse, sparse, 0) + (1 - weight) * Unit(DenseOf(hit.Key), allDense, dense, -1), hit.Score, 1e-5));
    }

    [Fact]
    public void Fuse_WeightOfZero_LeavesTheSideOut()
    {
        Assert.Equal(["a", "b"], HybridFusion.MinMax(1).Fuse(Known()).Select(hit => hit.Key));
        Assert.Equal(["b", "c"], HybridFusion.MinMax(0).Fuse(Known()).Select(hit => hit.Key));
        Assert.Equal(["b", "c"], HybridFusion.ReciprocalRank(sparseWeight: 0).Fuse(Known()).Select(hit => hit.Key));
    }

    [Fact]
    public void Fuse_ScoresThatDoNotDiffer_AreOneOrOneHalf()
    {
        var candidates = new HybridCandidates<string>([new("a", 3)], []);

        Assert.Equal(.5f, Assert.Single(HybridFusion.MinMax().Fuse(candidates)).Score);
        Assert.Equal(.5f, Assert.Single(HybridFusion.TheoreticalMinMax().Fuse(candidates)).Score);
        Assert.Equal(.25f, Assert.Single(HybridFusion.DistributionBased().Fuse(candidates)).Score);
        Assert.Empty(HybridFusion.MinMax().Fuse(new HybridCandidates<string>([], [])));
    }

    [Fact]
    public void Fuse_ScoreBelowTheMinimum_IsRefused()
    {
        var candidates = new HybridCandidates<string>([], [new("a", 5), new("b", -3)]);

        ArgumentException problem = Assert.Throws<ArgumentException>(() => HybridFusion.TheoreticalMinMax().Fuse(candidates));

        Assert.Contains("-3", problem.Message);
        Assert.Equal(["a", "b"], HybridFusion.TheoreticalMinMax(denseMinimum: -4).Fuse(candidates).Select(hit => hit.Key));
    }

    [Fact]
    public void CanFuse_ScoreBelowTheMinimum_IsFalse()
    {
        var candidates = new HybridCandidates<string>([], [new("a", 5), new("b", -3)]);

        Assert.False(HybridFusion.TheoreticalMinMax().CanFuse(candidates));
        Assert.True(HybridFusion.TheoreticalMinMax(denseMinimum: -4).CanFuse(candidates));
        Assert.True(HybridFusion.MinMax().CanFuse(candidates));
        Assert.False(HybridFusion.TheoreticalMinMax().CanFuse(new HybridCandidates<string>([new("a", -1)], [])));
        Assert.Throws<ArgumentNullException>("candidates", () => HybridFusion.Default.CanFuse<string>(null!));
    }

    [Fact]
    public void Description_NamesMethodAndParameters()
    {
        Assert.Equal("reciprocal rank fusion (k = 60)", HybridFusion.Default.Description);
        Assert.Equal("reciprocal rank fusion (k = 10, sparse 0.5, dense 2)", HybridFusion.ReciprocalRank(10, .5f, 2).Description);
        Assert.Equal("min-max fusion (sparse 0.6, dense 0.4)", HybridFusion.MinMax(.6f).Description);
        Assert.Equal("theoretical min-max fusion (sparse 0.1, dense 0.9)", HybridFusion.TheoreticalMinMax(.1f).Description);
        Assert.Equal("distribution-based fusion (sparse 0.5, dense 0.5)", HybridFusion.DistributionBased().Description);
        Assert.Equal(HybridFusion.MinMax(.6f), HybridFusion.MinMax(.6f));
    }

    [Fact]
    public void Create_NumbersOutOfRange_AreNamed()
    {
        Assert.Throws<ArgumentOutOfRangeException>("k", () => HybridFusion.ReciprocalRank(-1));
        Assert.Throws<ArgumentOutOfRangeException>("sparseWeight", () => HybridFusion.ReciprocalRank(sparseWeight: float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("denseWeight", () => HybridFusion.ReciprocalRank(denseWeight: float.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>("sparseWeight", () => HybridFusion.MinMax(1.1f));
        Assert.Throws<ArgumentOutOfRangeException>("sparseWeight", () => HybridFusion.DistributionBased(-.1f));
        Assert.Throws<ArgumentOutOfRangeException>("denseMinimum", () => HybridFusion.TheoreticalMinMax(denseMinimum: float.NaN));
        Assert.Throws<ArgumentException>("sparse", () => new HybridCandidates<string>([new("a", 1), new("a", 1)], []));
        Assert.Throws<ArgumentException>("dense", () => new HybridCandidates<string>([], [new("a", float.NaN)]));
        Assert.Throws<ArgumentException>("dense", () => new HybridCandidates<string>([new("a", 1)], [], denseScore: _ => float.NaN));
        Assert.Throws<ArgumentNullException>("Fusion", () => new HybridQuery { Fusion = null! });
        Assert.Throws<ArgumentNullException>("Fusion", () => new HybridRetrievalOptions { Fusion = null! });
    }

    private static HybridCandidates<string> Known() => new(Sparse, Dense, _ => 1, _ => .2f);

    private static (SearchHit<int>[] Sparse, SearchHit<int>[] Dense) Generate(Random random)
    {
        SearchHit<int>[] Side(double low, double high) =>
        [
            .. Enumerable.Range(0, 60).OrderBy(_ => random.Next()).Take(random.Next(5, 50))
                .Select(key => new SearchHit<int>(key, (float)(low + random.NextDouble() * (high - low)))).OrderByDescending(hit => hit.Score),
        ];
        return (Side(.1, 20), Side(-.5, 1));
    }
}
