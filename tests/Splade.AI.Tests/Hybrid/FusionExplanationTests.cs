using Splade.AI.Hybrid;

namespace Splade.AI.Tests.Hybrid;

/// <summary>Why a hit has its place, as data and as a sentence.</summary>
public sealed class FusionExplanationTests
{
    [Fact]
    public async Task SearchAsync_Hybrid_SidesAddUpToTheScore()
    {
        foreach (HybridHit hit in await SearchAsync(SearchMode.Hybrid))
        {
            FusionExplanation fusion = hit.Fusion!;
            Assert.Equal((hit.Rank, hit.Score, "reciprocal rank fusion (k = 60)"), (fusion.Rank, fusion.Score, fusion.Method));
            Assert.Equal(["sparse", "dense"], fusion.Sides.Select(s => s.Name));
            Assert.Equal([hit.Sparse, hit.Dense], fusion.Sides.Select(s => s.Place));
            Assert.Equal(hit.Score, fusion.Sides.Sum(s => s.Contribution), 1e-7);
            Assert.All(fusion.Sides, s => Assert.Equal(s.Place is RankedScore place ? 1 / (60d + place.Rank) : 0, s.Contribution));
        }
    }

    [Fact]
    public async Task Sentence_BothSides_TellsRanksScoresAndArithmetic()
    {
        FusionExplanation fusion = (await SearchAsync(SearchMode.Hybrid))[0].Fusion!;
        Assert.Equal(
            "Rank 1 with 0.032266 by reciprocal rank fusion (k = 60): sparse rank 1 (score 3), dense rank 3 (score 0.25); "
            + "1 / (60 + 1) + 1 / (60 + 3) = 0.032266.",
            fusion.Sentence);
    }

    [Fact]
    public async Task Sentence_NotFoundOnOneSide_SaysSo()
    {
        FusionExplanation fusion = (await SearchAsync(SearchMode.Hybrid)).Single(h => h.Sparse is null).Fusion!;
        Assert.Equal(
            "Rank 3 with 0.016393 by reciprocal rank fusion (k = 60): not found by the sparse side (score 0), dense rank 1 (score 1); 1 / (60 + 1) = 0.016393.",
            fusion.Sentence);
        Assert.Equal((0.0, null), (fusion.Sides[0].Contribution, fusion.Sides[0].Arithmetic));
    }

    [Fact]
    public async Task Sentence_BeyondTheCandidatesOfASide_TellsItsScoreThere()
    {
        FusionExplanation words = Assert.Single(await SearchAsync(SearchMode.Hybrid, top: 1, depth: 1)).Fusion!;
        Assert.Equal(
            "Rank 1 with 0.016393 by reciprocal rank fusion (k = 60): sparse rank 1 (score 3), "
            + "not among the first of the dense side (score 0.25); 1 / (60 + 1) = 0.016393.",
            words.Sentence);
        Assert.Equal((null, .25f, 0), (words.Sides[1].Place, words.Sides[1].Score!.Value, words.Sides[1].Contribution));
    }

    [Theory]
    [InlineData(SearchMode.Sparse, "Rank 1 by the sparse score alone: 3.")]
    [InlineData(SearchMode.Dense, "Rank 1 by the dense score alone: 1.")]
    public async Task Sentence_OneSideSearched_IsItsScore(SearchMode mode, string sentence)
    {
        HybridHit hit = (await SearchAsync(mode))[0];
        Assert.Equal(sentence, hit.Fusion!.Sentence);
        Assert.Null(hit.Fusion.Method);
        Assert.Equal(hit.Score, Assert.Single(hit.Fusion.Sides).Contribution);
    }

    [Fact]
    public void Explain_WeightAndK_AreInTheArithmetic()
    {
        FusedSide side = HybridFusion.Explain("titles", new RankedScore(2, 7), weight: .5f, k: 1);
        Assert.Equal(("titles", "0.5 / (1 + 2)", 0.5 / 3), (side.Name, side.Arithmetic, side.Contribution));
    }

    [Fact]
    public void Explain_BadArguments_AreNamed()
    {
        Assert.Throws<ArgumentException>("name", () => HybridFusion.Explain("", null));
        Assert.Throws<ArgumentOutOfRangeException>("k", () => HybridFusion.Explain("a", null, k: -1));
        Assert.Throws<ArgumentException>(() => HybridFusion.Explain("a", null, weight: float.NaN));
    }

    private static async Task<IReadOnlyList<HybridHit>> SearchAsync(SearchMode mode, int top = 10, int depth = 100)
    {
        EmbeddedHybridStore store = EmbeddedHybridStore.CreateInMemory(SimilarityFunction.Dot);
        await store.UpsertAsync(
        [
            new HybridRecord("words", "w", new SparseVector([1], [3f], 10), new[] { .25f, 1 }),
            new HybridRecord("both", "b", new SparseVector([1], [2f], 10), new[] { .5f, 1 }),
            new HybridRecord("meaning", "m", new SparseVector([2], [9f], 10), new[] { 1f, 0 }),
        ]);
        return await store.SearchAsync(
            new HybridQuery { Sparse = new SparseVector([1], [1f], 10), Dense = new[] { 1f, 0 }, Mode = mode, Top = top, Candidates = depth });
    }
}
