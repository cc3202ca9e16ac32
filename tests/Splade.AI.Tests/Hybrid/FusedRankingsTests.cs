using Splade.AI.Hybrid;
using Splade.AI.Search;

namespace Splade.AI.Tests.Hybrid;

public class FusedRankingsTests
{
    [Fact]
    public void Fuse_FirstInOneList_ScoresOneOverSixtyOne() =>
        Assert.Equal(.016393f, Assert.Single(HybridFusion.FuseRankings<string>([["a"], []])).Score, 5e-7f);

    [Fact]
    public void Fuse_ThirdInBothLists_BeatsFirstInOne()
    {
        IReadOnlyList<SearchHit<string>> hits = HybridFusion.FuseRankings<string>([["a", "b", "both"], ["c", "d", "both"]]);

        Assert.Equal("both", hits[0].Key);
        Assert.Equal(.031746f, hits[0].Score, 5e-7f);
    }

    [Fact]
    public void Fuse_EqualScores_OrdersByBestRankThenByList()
    {
        IReadOnlyList<SearchHit<string>> hits = HybridFusion.FuseRankings<string>([["a1", "a2", "x", "y"], ["b1", "b2", "y", "x"]]);

        Assert.Equal(["x", "y", "a1", "b1", "a2", "b2"], hits.Select(hit => hit.Key));
        Assert.Equal(hits[0].Score, hits[1].Score);
    }

    [Fact]
    public void Fuse_Weights_ScaleTheirList()
    {
        IReadOnlyList<SearchHit<string>> hits = HybridFusion.FuseRankings<string>([["a"], ["b"], ["c"]], [1, 3, 0]);

        Assert.Equal([new SearchHit<string>("b", (float)(3 / 61d)), new SearchHit<string>("a", (float)(1 / 61d))], hits);
    }

    [Fact]
    public void Fuse_QdrantConvention_IsKOfOne() =>
        Assert.Equal([.5f, (float)(1 / 3d)], HybridFusion.FuseRankings<int>([[7, 8]], k: 1).Select(hit => hit.Score));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Fuse_GeneratedRankings_EqualsTheDefinition(int seed)
    {
        var random = new Random(seed);
        int[][] rankings = [.. Enumerable.Range(0, 4).Select(_ => Enumerable.Range(0, 50).OrderBy(_ => random.Next()).Take(random.Next(51)).ToArray())];
        float[] weights = [1, .5f, 2, 1];

        IReadOnlyList<SearchHit<int>> hits = HybridFusion.FuseRankings<int>(rankings, weights);

        Assert.Equal(rankings.SelectMany(ranking => ranking).Distinct().Order(), hits.Select(hit => hit.Key).Order());
        Assert.Equal(hits.OrderByDescending(hit => hit.Score), hits);
        Assert.All(hits, hit => Assert.Equal(
            rankings.Select((ranking, i) => Array.IndexOf(ranking, hit.Key) is int at and >= 0 ? weights[i] / (60d + at + 1) : 0).Sum(), hit.Score, 1e-7));
    }

    [Fact]
    public void Fuse_Nothing_IsEmpty()
    {
        Assert.Empty(HybridFusion.FuseRankings<string>([]));
        Assert.Empty(HybridFusion.FuseRankings<string>([[], []]));
    }

    [Fact]
    public void Fuse_InvalidArguments_NameTheParameter()
    {
        Assert.Throws<ArgumentNullException>("rankings", () => HybridFusion.FuseRankings<string>(null!));
        Assert.Throws<ArgumentException>("rankings", () => HybridFusion.FuseRankings<string>([["a", "a"]]));
        Assert.Throws<ArgumentException>("rankings", () => HybridFusion.FuseRankings<string>([["a"], null!]));
        Assert.Throws<ArgumentException>("weights", () => HybridFusion.FuseRankings<string>([["a"]], [1, 1]));
        Assert.Throws<ArgumentException>("weights", () => HybridFusion.FuseRankings<string>([["a"]], [-1]));
        Assert.Throws<ArgumentException>("weights", () => HybridFusion.FuseRankings<string>([["a"]], [float.NaN]));
        Assert.Throws<ArgumentOutOfRangeException>("k", () => HybridFusion.FuseRankings<string>([["a"]], k: -1));
    }
}
