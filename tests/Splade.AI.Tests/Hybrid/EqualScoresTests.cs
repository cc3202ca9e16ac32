using Splade.AI.Hybrid;
using Splade.AI.Search;

namespace Splade.AI.Tests.Hybrid;

/// <summary>Equal scores share a rank, so that the order in which records were put in decides nothing but the order of equal results.</summary>
public sealed class EqualScoresTests
{
    private const int Terms = 4;

    [Fact]
    public async Task SearchAsync_EqualDenseScores_TheBetterSparseHitIsFirst()
    {
        EmbeddedHybridStore sut = await StoreAsync([1.42f, 0, 13.17f]);

        IReadOnlyList<HybridHit> hits = await sut.SearchAsync(Query());

        Assert.Equal(["2", "0", "1"], hits.Select(hit => hit.Record.Id));
        Assert.Equal([(float)(2 / 61d), (float)((1 / 61d) + (1 / 62d)), (float)(1 / 61d)], hits.Select(hit => hit.Score));
        Assert.All(hits, hit => Assert.Equal(new RankedScore(1, 1) { IsShared = true }, hit.Dense));
        Assert.Equal([new RankedScore(1, 13.17f), new RankedScore(2, 1.42f), null], hits.Select(hit => hit.Sparse));
        Assert.Equal(
            "Rank 2 with 0.032522 by reciprocal rank fusion (k = 60): sparse rank 2 (score 1.42), shares dense rank 1 (score 1); "
            + "1 / (60 + 2) + 1 / (60 + 1) = 0.032522.",
            hits[1].Fusion!.Sentence);
    }

    [Fact]
    public async Task SearchAsync_CutBetweenEqualScores_GivesTheSameRanks()
    {
        // The dense side ends after two of four equal scores, and the best by words is the fourth.
        EmbeddedHybridStore sut = await StoreAsync([0, 1.42f, 0, 13.17f]);

        IReadOnlyList<HybridHit> hits = await sut.SearchAsync(Query(depth: 2));

        Assert.Equal(["3", "1"], hits.Select(hit => hit.Record.Id));
        Assert.Equal([(float)(2 / 61d), (float)((1 / 61d) + (1 / 62d))], hits.Select(hit => hit.Score));
        Assert.Equal(
            "Rank 1 with 0.032787 by reciprocal rank fusion (k = 60): sparse rank 1 (score 13.17), shares dense rank 1 (score 1); "
            + "1 / (60 + 1) + 1 / (60 + 1) = 0.032787.",
            hits[0].Fusion!.Sentence);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task SearchAsync_RecordsInAnyOrder_HaveTheSameScores(int seed)
    {
        // Few different scores, so that most are equal, and lists are cut between them.
        var random = new Random(seed);
        HybridRecord[] records = [.. Enumerable.Range(0, 60).Select(i => new HybridRecord(
            $"{i}", "t", new SparseVector([1, 2], [random.Next(1, 4), random.Next(1, 4)], Terms), new float[] { random.Next(3), random.Next(1, 3) }))];
        foreach (int depth in new[] { 60, 100 })
        {
            Dictionary<string, float>? known = null;
            for (int order = 0; order < 4; order++)
            {
                EmbeddedHybridStore sut = EmbeddedHybridStore.CreateInMemory(SimilarityFunction.Dot);
                await sut.UpsertAsync(records);
                IReadOnlyList<HybridHit> hits = await sut.SearchAsync(Query(depth, top: 60));
                Dictionary<string, float> scores = hits.ToDictionary(hit => hit.Record.Id, hit => hit.Score);
                Assert.Equal(60, scores.Count);
                Assert.Equal(known ?? scores, scores);
                known = scores;
                random.Shuffle(records);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task SearchAsync_CutAnywhere_ScoresAreThoseOfSharedRanks(int seed)
    {
        var random = new Random(seed);
        HybridRecord[] records = [.. Enumerable.Range(0, 60).Select(i => new HybridRecord(
            $"{i}", "t", new SparseVector([1], [random.Next(1, 6)], Terms), new float[] { random.Next(5), 1 }))];
        EmbeddedHybridStore sut = EmbeddedHybridStore.CreateInMemory(SimilarityFunction.Dot);
        await sut.UpsertAsync(records);
        for (int depth = 1; depth <= 60; depth++)
        {
            foreach (HybridHit hit in await sut.SearchAsync(Query(depth, top: 1)))
            {
                float sparse = hit.Record.Sparse.Values[0], dense = hit.Record.Dense.Span[0];
                int sparseRank = 1 + records.Count(other => other.Sparse.Values[0] > sparse);
                int denseRank = 1 + records.Count(other => other.Dense.Span[0] > dense);
                Assert.Equal(sparseRank, hit.Sparse?.Rank ?? sparseRank);
                Assert.Equal(denseRank, hit.Dense?.Rank ?? denseRank);
                Assert.True(hit.Sparse is not null || sparseRank > depth);
                Assert.True(hit.Dense is not null || denseRank > depth);
            }
        }
    }

    [Theory]
    [InlineData(SearchMode.Sparse)]
    [InlineData(SearchMode.Dense)]
    public async Task SearchAsync_OneSide_EqualScoresShareTheirRankThere(SearchMode mode)
    {
        EmbeddedHybridStore sut = await StoreAsync([2, 2, 2]);

        IReadOnlyList<HybridHit> hits = await sut.SearchAsync(new HybridQuery { Sparse = Query().Sparse, Dense = Query().Dense, Mode = mode });

        Assert.Equal([1, 2, 3], hits.Select(hit => hit.Rank));
        Assert.Equal([1, 1, 1], hits.Select(hit => (mode == SearchMode.Sparse ? hit.Sparse : hit.Dense)!.Value.Rank));
        string side = mode == SearchMode.Sparse ? "sparse" : "dense";
        Assert.StartsWith($"Rank 3 by the {side} score alone, by which it shares rank 1: ", hits[2].Fusion!.Sentence);
    }

    [Fact]
    public void FuseHits_EqualScoresShareARank()
    {
        SearchHit<string>[] sparse = [new("a", 5), new("b", 5), new("c", 5), new("d", 1)], distances = [new("d", .1f), new("c", .2f), new("b", .2f)];

        IReadOnlyList<SearchHit<string>> hits = HybridFusion.FuseHits([sparse, distances], k: 0);

        Assert.Equal(
            [new("b", 1.5f), new("c", 1.5f), new("d", 1.25f), new("a", 1)],
            hits);
        Assert.Equal(["b", "a"], HybridFusion.FuseRankings<string>([["a", "b"], ["b"]]).Select(hit => hit.Key));
    }

    [Theory]
    [InlineData(new float[0], new int[0])]
    [InlineData(new float[] { 3, 3, 1 }, new[] { 1, 1, 3 })]
    [InlineData(new float[] { 9, 3, 3, 3, -1, -1 }, new[] { 1, 2, 2, 2, 5, 5 })]
    [InlineData(new float[] { 0, -0f }, new[] { 1, 1 })]
    public void Ranks_EqualScores_AreOneMoreThanThoseAbove(float[] scores, int[] ranks) => Assert.Equal(ranks, CompetitionRanks.Of(scores));

    [Fact]
    public void DistributionBased_ScoreEqualToAReturnedOne_IsNotOneThatWasReturned()
    {
        // Mean and deviation are those of 4 and 2; b has the score 2 too.
        var candidates = new HybridCandidates<string>([new("a", 4), new("c", 2)], [new("b", 1)], _ => 2);

        SearchHit<string>[] hits = [.. HybridFusion.DistributionBased(1).Fuse(candidates)];

        Assert.Equal(["a", "c"], hits.Select(hit => hit.Key));
        Assert.Equal(.5 + (1 / (6 * Math.Sqrt(2))), hits[0].Score, 1e-6);
    }

    private static async Task<EmbeddedHybridStore> StoreAsync(float[] weights)
    {
        EmbeddedHybridStore store = EmbeddedHybridStore.CreateInMemory();
        await store.UpsertAsync(weights.Select((weight, i) => new HybridRecord(
            $"{i}", "t", weight == 0 ? new SparseVector([2], [1f], Terms) : new SparseVector([1], [weight], Terms), new[] { 1f, 0 })));
        return store;
    }

    private static HybridQuery Query(int depth = 100, int top = 0) =>
        new() { Sparse = new SparseVector([1], [1f], Terms), Dense = new[] { 1f, 0 }, Candidates = depth, Top = top == 0 ? Math.Min(depth, 3) : top };
}
