using System.Text.Json;

namespace Splade.AI.Evaluation.Tests.Vectors;

public sealed class SparseStatisticsTests(EngineFixture fixture) : IClassFixture<EngineFixture>
{
    [Fact]
    public async Task Of_EncodedTexts_EqualsSentenceTransformersSparsity()
    {
        JsonElement reference = ApiReference.Root.GetProperty("sparsity");
        SparseVector[] documents = await ApiReference.EncodeAsync(fixture.Engine, reference.GetProperty("documents"));

        AssertEqual(reference.GetProperty("result"), SparseStatistics.Of(documents));
        // The single vector of the file is that of the second document.
        AssertEqual(reference.GetProperty("single"), SparseStatistics.Of([documents[1]]));
    }

    [Theory]
    [InlineData(new[] { 56, 56, 57 }, 56.333333, .9981543366792325)]
    [InlineData(new[] { 96, 0, 0 }, 32, .9989515759124565)]
    [InlineData(new[] { 44 }, 44, .9985584020614624)]
    public void Of_CountsOfBert_GivesTheKnownRatio(int[] counts, double mean, double ratio)
    {
        SparseStatistics statistics = SparseStatistics.Of(counts.Select(c => OfCount(c, 30522)));

        Assert.Equal(mean, statistics.MeanActiveDimensions, 1e-5);
        // Sentence Transformers gives one of these ratios from single precision.
        Assert.Equal(ratio, statistics.SparsityRatio, 1e-7);
        Assert.Equal((counts.Length, counts.Count(c => c == 0), counts.Min(), counts.Max()), Figures(statistics));
    }

    [Fact]
    public void Of_NoVectors_IsAllZeros()
    {
        SparseStatistics statistics = SparseStatistics.Of([]);

        Assert.Equal((0.0, 1.0), (statistics.MeanActiveDimensions, statistics.SparsityRatio));
        Assert.Equal((0, 0, 0, 0), Figures(statistics));
    }

    [Fact]
    public void Of_OnlyEmptyVectors_CountsThem()
    {
        SparseStatistics statistics = SparseStatistics.Of([OfCount(0, 10), OfCount(0, 10)]);

        Assert.Equal((0.0, 1.0), (statistics.MeanActiveDimensions, statistics.SparsityRatio));
        Assert.Equal((2, 2, 0, 0), Figures(statistics));
    }

    [Fact]
    public void Of_InvalidArguments_NameTheParameter()
    {
        Assert.Throws<ArgumentNullException>("vectors", () => SparseStatistics.Of(null!));
        Assert.Throws<ArgumentException>("vectors", () => SparseStatistics.Of([null!]));
        Assert.Throws<ArgumentException>("vectors", () => SparseStatistics.Of([OfCount(1, 10), OfCount(1, 11)]));
    }

    private static (int Count, int Empty, int Min, int Max) Figures(SparseStatistics s) =>
        (s.Count, s.EmptyVectors, s.MinActiveDimensions, s.MaxActiveDimensions);

    private static SparseVector OfCount(int count, int dimensions) =>
        new([.. Enumerable.Range(0, count)], [.. Enumerable.Repeat(1f, count)], dimensions);

    private static void AssertEqual(JsonElement expected, SparseStatistics actual)
    {
        Assert.Equal(expected.GetProperty("active_dims").GetDouble(), actual.MeanActiveDimensions);
        Assert.Equal(expected.GetProperty("sparsity_ratio").GetDouble(), actual.SparsityRatio, 1e-7);
    }
}
