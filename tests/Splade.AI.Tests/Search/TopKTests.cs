using Splade.AI.Search;

namespace Splade.AI.Tests.Search;

public class TopKTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(int.MaxValue)]
    public void Drain_AnyCapacity_EqualsStableSort(int capacity)
    {
        var random = new Random(capacity);
        float[] scores = [.. Enumerable.Range(0, 100).Select(_ => (float)random.Next(10))];
        var sut = new TopK<int>(capacity);

        for (int i = 0; i < scores.Length; i++)
        {
            sut.Offer(i, scores[i]);
        }

        Assert.Equal(
            scores.Select((score, i) => new SearchHit<int>(i, score)).OrderByDescending(hit => hit.Score).Take(capacity),
            sut.Drain());
    }

    [Fact]
    public void Drain_NothingOffered_IsEmpty() => Assert.Empty(new TopK<string>(3).Drain());

    [Fact]
    public void Offer_NaN_CountsAsLowest()
    {
        var sut = new TopK<string>(2);
        sut.Offer("nan", float.NaN);
        sut.Offer("least", float.NegativeInfinity);
        sut.Offer("one", 1);

        Assert.Equal(["one", "least"], sut.Drain().Select(hit => hit.Key));
    }
}
