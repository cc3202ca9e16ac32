using Splade.AI.Search.Sparse;

namespace Splade.AI.Tests.Search.Sparse;

/// <summary>Positions of a space that words are hashed into: whoever writes texts chooses them.</summary>
public sealed class UsedPositionsTests
{
    /// <summary>A prime that the platform takes for the size of a table of so many entries.</summary>
    private const int TableSize = 36_353;

    private const int Count = 36_000;

    [Fact]
    public void Number_PositionsAtRandom_AreTheirPlaces()
    {
        SparseVector all = AtRandom(), some = new([.. all.Indices.ToArray().Where((_, i) => i % 3 == 1)], [.. Weights(Count / 3)], int.MaxValue);
        var sut = UsedPositions.Of([some, all], CancellationToken.None);
        Assert.Equal(Count, sut.Count);
        Assert.Equal(Enumerable.Range(0, Count).Where(i => i % 3 == 1), sut.Number(some).Indices.ToArray());
        Assert.Equal(all.Indices.ToArray(), Enumerable.Range(0, Count).Select(place => sut[place]));
    }

    [Fact]
    public void GetHashCode_PositionsThatWouldShareOnePlace_AreSpread()
    {
        SecretPositions sut = SecretPositions.Instance;
        IEnumerable<int> chosen = Enumerable.Range(0, Count).Select(i => i * TableSize);
        Assert.InRange(chosen.Select(position => (uint)sut.GetHashCode(position) % TableSize).Distinct().Count(), Count / 2, Count);
    }

    private static SparseVector AtRandom()
    {
        var random = new Random(1);
        var positions = new SortedSet<int>();
        while (positions.Count < Count)
        {
            positions.Add(random.Next(int.MaxValue));
        }

        return new([.. positions], [.. Weights(Count)], int.MaxValue);
    }

    private static IEnumerable<float> Weights(int count) => Enumerable.Repeat(1f, count);
}
