using Splade.AI.Hybrid;
using Splade.AI.Search;

namespace Splade.AI.Tests.Hybrid;

/// <summary>The store fuses as it is told, scores every candidate on both sides, and explains what it did.</summary>
public sealed class EmbeddedHybridStoreFusionTests
{
    public static TheoryData<int> Methods => [0, 1, 2, 3];

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task SearchAsync_AnyFusion_EqualsItOverExactScores(int method)
    {
        HybridFusion fusion = Fusion(method);
        var vectors = new GeneratedVectors(7);
        HybridRecord[] records = [.. Enumerable.Range(0, 200).Select(i => new HybridRecord($"r{i}", "t", vectors.Sparse(50, 10), vectors.Dense(9)))];
        EmbeddedHybridStore sut = EmbeddedHybridStore.CreateInMemory();
        await sut.UpsertAsync(records);
        var sparse = new SparseIndex<string>();
        var dense = new DenseIndex<string>();
        sparse.Upsert(records.Select(record => (record.Id, record.Sparse)));
        dense.Upsert(records.Select(record => (record.Id, record.Dense)));
        for (int i = 0; i < 10; i++)
        {
            var query = new HybridQuery { Sparse = vectors.Sparse(50, 10), Dense = vectors.Dense(9), Top = 12, Candidates = 20, Fusion = fusion };
            var candidates = new HybridCandidates<string>(
                sparse.Search(query.Sparse, 20), dense.Search(query.Dense.Value, 20),
                id => sparse.Score(id, query.Sparse), id => dense.Score(id, query.Dense.Value));

            IReadOnlyList<HybridHit> hits = await sut.SearchAsync(query);

            Assert.Equal(fusion.Fuse(candidates).Take(12), hits.Select(hit => new SearchHit<string>(hit.Record.Id, hit.Score)));
            Assert.All(hits, hit => Assert.Equal(hit.Score, hit.Fusion!.Sides.Sum(side => side.Contribution), 1e-6));
            Assert.All(hits, hit => Assert.Equal(fusion.Description, hit.Fusion!.Method));
        }
    }

    [Fact]
    public async Task Sentence_ScoreOfASideThatDidNotReturnTheHit_IsToldAndCounted()
    {
        EmbeddedHybridStore sut = EmbeddedHybridStore.CreateInMemory();
        await sut.UpsertAsync(
        [
            new HybridRecord("words", "w", new SparseVector([1], [4f], 10), new[] { .6f, .8f }),
            new HybridRecord("meaning", "m", new SparseVector([1], [1f], 10), new[] { 1f, 0 }),
        ]);
        var query = new HybridQuery
        {
            Sparse = new SparseVector([1], [1f], 10),
            Dense = new[] { 1f, 0 },
            Candidates = 1,
            Top = 1,
            Fusion = HybridFusion.TheoreticalMinMax(.75f),
        };

        HybridHit hit = Assert.Single(await sut.SearchAsync(query));

        Assert.Equal(
            "Rank 1 with 0.95 by theoretical min-max fusion (sparse 0.75, dense 0.25): sparse rank 1 (score 4), "
            + "not among the first of the dense side (score 0.6); 0.75 * (4 - 0) / (4 - 0) + 0.25 * (0.6 + 1) / (1 + 1) = 0.95.",
            hit.Fusion!.Sentence);
        Assert.Null(hit.Dense);
        Assert.Equal((null, .6f), (hit.Fusion.Sides[1].Place, hit.Fusion.Sides[1].Score!.Value));
    }

    private static HybridFusion Fusion(int method) => method switch
    {
        0 => HybridFusion.ReciprocalRank(10, .5f, 1),
        1 => HybridFusion.MinMax(.3f),
        2 => HybridFusion.TheoreticalMinMax(.4f),
        _ => HybridFusion.DistributionBased(.6f),
    };
}
