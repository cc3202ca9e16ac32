using Splade.AI.Search;

namespace Splade.AI.Tests.Search;

public class BestRowsTests
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
        BestRows sut = CreateSut(capacity);

        for (int i = 0; i < scores.Length; i++)
        {
            sut.Offer(scores[i], i);
        }

        Assert.Equal(
            scores.Select((score, i) => new RankedRow(score, i)).OrderByDescending(row => row.Score).Take(capacity),
            sut.Drain());
    }

    [Fact]
    public void Drain_NothingOffered_IsEmpty() => Assert.Empty(CreateSut(3).Drain());

    [Fact]
    public void Offer_NaN_CountsAsLowest()
    {
        BestRows sut = CreateSut(2);
        sut.Offer(float.NaN, 0);
        sut.Offer(float.NegativeInfinity, 1);
        sut.Offer(1, 2);

        Assert.Equal([2, 1], sut.Drain().Select(row => row.Position));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(30)]
    public void Offer_RowsOfOthersInAnyOrder_EqualsStableSort(int capacity)
    {
        var random = new Random(capacity);
        RankedRow[] rows = [.. Enumerable.Range(0, 200).Select(i => new RankedRow(random.Next(10), i))];
        RankedRow[] shuffled = [.. rows];
        random.Shuffle(shuffled);
        BestRows sut = CreateSut(capacity);
        BestRows[] others = [sut.Another(), sut.Another(), sut.Another()];
        for (int i = 0; i < shuffled.Length; i++)
        {
            others[i % others.Length].Offer(shuffled[i].Score, shuffled[i].Position);
        }

        Array.ForEach(others, sut.Offer);
        Assert.Equal(rows.OrderByDescending(row => row.Score).ThenBy(row => row.Position).Take(capacity), sut.Drain());
    }

    private static BestRows CreateSut(int capacity) => new(capacity, new SearchThreshold(float.NaN));
}
