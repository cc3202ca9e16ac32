using Splade.AI.Tokenization;

namespace Splade.AI.Tests.Tokenization;

public sealed class TokenBatchPlanTests
{
    [Theory]
    [InlineData(0, 512)]
    [InlineData(1, 512)]
    [InlineData(300, 512)]
    [InlineData(300, 7)]
    public void Create_RandomLengths_EveryTextOnceAndWithinTheBudget(int texts, int budget)
    {
        var random = new Random(texts + budget);
        int[] lengths = Enumerable.Range(0, texts).Select(_ => random.Next(2, 600)).ToArray();
        IReadOnlyList<int[]> batches = TokenBatchPlan.Create(lengths, budget);
        Assert.Equal(Enumerable.Range(0, texts), batches.SelectMany(b => b).Order());
        Assert.All(batches, b => Assert.True(b.Length == 1 || b.Length * b.Max(i => lengths[i]) <= budget));
    }

    [Fact]
    public void Create_MixedLengths_LongestFirstAndNeighboursTogether() =>
        Assert.Equal([[1], [3, 0], [2]], TokenBatchPlan.Create([5, 9, 1, 6], 12));

    [Fact]
    public void TokenBatch_ShorterTexts_ArePaddedAndMasked()
    {
        Tokenizer tokenizer = Tokenizer.Load(Path.Combine(TestData.EngineFixture.ModelFolder, "tokenizer.json"));
        var batch = new TokenBatch([tokenizer.Encode("red planet").Ids.ToArray(), tokenizer.Encode("mars").Ids.ToArray()], padTokenId: 9);
        Assert.Equal((2, 4), (batch.Rows, batch.Length));
        Assert.Equal([101, 2417, 4774, 102, 101, 7733, 102, 9], batch.Ids);
        Assert.Equal([1, 1, 1, 1, 1, 1, 1, 0], batch.Mask);
        Assert.All(batch.TypeIds, id => Assert.Equal(0, id));
    }
}
