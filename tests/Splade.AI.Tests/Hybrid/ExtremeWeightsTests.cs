using Splade.AI.Hybrid;
using Splade.AI.Search;

namespace Splade.AI.Tests.Hybrid;

/// <summary>Weights whose products leave single precision, in one record or in all: every search ends, and every score is a number.</summary>
public sealed class ExtremeWeightsTests
{
    private const int Terms = 6;
    private const int Entries = 5;

    private static readonly float[] Sizes = [float.Epsilon, 1e-38f, 1e-30f, 1e-3f, 1, 2, 1e3f, 1e19f, 1e30f, 3e38f, float.MaxValue];

    private static readonly HybridFusion[] Fusions =
    [
        HybridFusion.Default,
        HybridFusion.ReciprocalRank(0, float.MaxValue, 1),
        HybridFusion.ReciprocalRank(0, 1.7e38f, 1.7e38f),
        HybridFusion.ReciprocalRank(int.MaxValue, float.Epsilon, float.Epsilon),
        HybridFusion.MinMax(),
        HybridFusion.TheoreticalMinMax(denseMinimum: float.MinValue),
        HybridFusion.DistributionBased(),
    ];

    [Fact]
    public async Task SearchAsync_OneRecordOfHugeWeight_FindsAllTheSame()
    {
        EmbeddedHybridStore sut = EmbeddedHybridStore.CreateInMemory(SimilarityFunction.Dot);
        await sut.UpsertAsync(
        [
            new HybridRecord("poison", "p", new SparseVector([1], [3e38f], Terms), new[] { 3e38f, -3e38f }),
            new HybridRecord("good", "g", new SparseVector([1], [1f], Terms), new[] { 1f, 0 }),
        ]);
        foreach (HybridFusion fusion in Fusions)
        {
            IReadOnlyList<HybridHit> hits = await sut.SearchAsync(
                new HybridQuery { Sparse = new SparseVector([1], [2f], Terms), Dense = new[] { 2f, 2 }, Fusion = fusion });

            Assert.Equal(["good", "poison"], hits.Select(hit => hit.Record.Id).Order());
            Assert.Equal([2f, float.MaxValue], hits.Select(hit => hit.Sparse!.Value.Score).Order());

            // The products are infinite, and their difference is not a number, in single precision.
            Assert.Equal([0f, 2f], hits.Select(hit => hit.Dense!.Value.Score).Order());
        }
    }

    [Fact]
    public async Task SearchAsync_WeightsOfLegsWhoseSumIsInfinite_AreRefused()
    {
        EmbeddedHybridStore sut = EmbeddedHybridStore.CreateInMemory(SimilarityFunction.Dot);
        await sut.UpsertAsync([new HybridRecord("a", "a", new SparseVector([1], [1f], Terms), new[] { 1f, 0 })]);
        HybridQueryLeg sparse = new("sparse", new SparseVector([1], [1f], Terms)), dense = new("dense", new[] { 1f, 0 });
        foreach ((float first, float second, HybridFusion fusion) in new[]
        {
            (float.MaxValue, float.MaxValue, HybridFusion.Default), (float.MaxValue, 1, HybridFusion.ReciprocalRank(0, 2, 1)),
        })
        {
            var query = new HybridQuery { Legs = [sparse with { Weight = first }, dense with { Weight = second }], Fusion = fusion };
            var error = await Assert.ThrowsAsync<ArgumentException>("query", () => sut.SearchAsync(query));
            Assert.Contains("single precision", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(float.MaxValue, (await sut.SearchAsync(
            new HybridQuery { Legs = [sparse with { Weight = float.MaxValue }, dense with { Weight = 0 }], Fusion = HybridFusion.ReciprocalRank(0) }))[0].Score);
    }

    [Theory]
    [InlineData(1, SimilarityFunction.Dot)]
    [InlineData(2, SimilarityFunction.Dot)]
    [InlineData(3, SimilarityFunction.Dot)]
    [InlineData(4, SimilarityFunction.Cosine)]
    public async Task SearchAsync_GeneratedRecords_OrdersAllByNumbers(int seed, SimilarityFunction similarity)
    {
        var random = new Random(seed);
        float least = similarity == SimilarityFunction.Cosine ? 1e-3f : 0, most = similarity == SimilarityFunction.Cosine ? 1e19f : float.MaxValue;
        HybridRecord[] records = [.. Enumerable.Range(0, 300).Select(i => new HybridRecord($"{i}", "t", Sparse(random), Dense(random, least, most)))];
        EmbeddedHybridStore latest = EmbeddedHybridStore.CreateInMemory(similarity), optimized = EmbeddedHybridStore.CreateInMemory(similarity);
        await latest.UpsertAsync(records);
        await optimized.UpsertAsync(records);
        await optimized.ForceMergeAsync();
        for (int i = 0; i < 30; i++)
        {
            var query = new HybridQuery
            {
                Sparse = Sparse(random),
                Dense = Dense(random, least, most),
                Mode = (SearchMode)(i % 3),
                Fusion = Fusions[i % Fusions.Length],
                Top = 20,
                Candidates = 1 + (i * 7),
            };

            IReadOnlyList<HybridHit> hits = await latest.SearchAsync(query);

            Assert.All(hits, hit => Assert.True(float.IsFinite(hit.Score) && hit.Fusion!.Sides.All(side => double.IsFinite(side.Contribution))));
            Assert.Equal(hits.OrderByDescending(hit => hit.Score), hits);
            Assert.Equal(hits.Select(Told), (await latest.SearchAsync(query)).Select(Told));
            Assert.Equal(hits.Select(Told), (await optimized.SearchAsync(query)).Select(Told));
        }
    }

    [Fact]
    public void Search_DenseVectorsOfAnySize_EqualsScoringEach()
    {
        var random = new Random(5);
        float[][] vectors = [.. Enumerable.Range(0, 2_000).Select(_ => Dense(random, 0, float.MaxValue))];
        var sut = new DenseIndex<int>(SimilarityFunction.Dot);
        sut.Upsert(vectors.Select((vector, i) => (i, (ReadOnlyMemory<float>)vector)));
        for (int i = 0; i < 50; i++)
        {
            float[] query = Dense(random, 0, float.MaxValue);

            IReadOnlyList<SearchHit<int>> hits = sut.Search(query, top: 25);

            Assert.Equal(
                Enumerable.Range(0, vectors.Length).Select(key => new SearchHit<int>(key, sut.Score(key, query)!.Value))
                    .OrderByDescending(hit => hit.Score).Take(25),
                hits);
            Assert.All(hits, hit => Assert.Equal(
                Math.Clamp(vectors[hit.Key].Zip(query, (x, y) => (double)x * y).Sum(), float.MinValue, float.MaxValue),
                hit.Score,
                1e-5 * vectors[hit.Key].Zip(query, (x, y) => Math.Abs((double)x * y)).Sum() + 1e-44));
        }
    }

    [Fact]
    public void ReciprocalRank_WeightsWithoutFiniteSum_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("denseWeight", () => HybridFusion.ReciprocalRank(0, float.MaxValue, float.MaxValue));
        Assert.Throws<ArgumentException>("weights", () => HybridFusion.FuseRankings<string>([["a"], ["a"]], [3e38f, 3e38f]));
        Assert.Equal(float.MaxValue, HybridFusion.FuseRankings<string>([["a"], ["a"]], [float.MaxValue, 1], k: 0)[0].Score);
    }

    private static SparseVector Sparse(Random random)
    {
        int[] indices = [.. Enumerable.Range(0, Terms).Where(_ => random.Next(2) == 0)];
        return new SparseVector(indices, Array.ConvertAll(indices, _ => Size(random)), Terms);
    }

    private static float[] Dense(Random random, float least, float most) =>
        [.. Enumerable.Range(0, Entries).Select(_ => random.Next(-1, 2) * Math.Clamp(Size(random), least, most)).Append(Math.Clamp(1, least, most))];

    private static float Size(Random random) => Sizes[random.Next(Sizes.Length)];

    private static (string Id, float Score, RankedScore? Sparse, RankedScore? Dense, string Why) Told(HybridHit hit) =>
        (hit.Record.Id, hit.Score, hit.Sparse, hit.Dense, hit.Fusion!.Sentence);
}
