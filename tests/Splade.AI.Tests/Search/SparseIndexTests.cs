using Splade.AI.Search;

namespace Splade.AI.Tests.Search;

public class SparseIndexTests
{
    private static readonly SparseVector One = new([1], [1f], 10);

    [Fact]
    public void Search_UnevenWeights_GivesTheBitsOfDot()
    {
        var random = new Random(11);
        SparseVector Next() => SparseVector.FromDense([.. Enumerable.Range(0, 300).Select(_ => random.NextSingle() - 0.5f)]);
        SparseVector[] documents = [.. Enumerable.Range(0, 50).Select(_ => Next())];
        SparseIndex<int> sut = CreateSut(documents);
        SparseVector query = Next();

        IReadOnlyList<SearchHit<int>> hits = sut.Search(query, documents.Length);

        Assert.Equal(documents.Length, hits.Count);
        Assert.All(hits, hit => Assert.Equal(documents[hit.Key].Dot(query), hit.Score));
    }

    [Fact]
    public void Search_SpaceOfAllIntegers_FindsWhatIsShared()
    {
        const int Last = int.MaxValue - 1;
        SparseVector[] documents = [new([3, Last], [1f, 2f], int.MaxValue), new([4], [1f], int.MaxValue), new([Last], [1f], int.MaxValue)];
        SparseIndex<int> sut = CreateSut(documents);
        Assert.Equal([new(0, 5f), new(2, 2f)], sut.Search(new SparseVector([3, Last], [1f, 2f], int.MaxValue)));
        Assert.Equal([new(1, 1f)], sut.Search(new SparseVector([4], [1f], int.MaxValue)));
    }

    [Fact]
    public void Search_EqualScores_OrdersByLastInsertion()
    {
        SparseIndex<int> sut = CreateSut(One, One, One);
        sut.Upsert(0, One);

        Assert.Equal([1, 2, 0], sut.Search(One).Select(hit => hit.Key));
        Assert.Equal([1, 2, 0], sut.Keys);
    }

    [Fact]
    public void Search_NothingShared_IsNoHit()
    {
        SparseIndex<int> sut = CreateSut(One, SparseVector.FromDense(new float[10]));

        Assert.Empty(sut.Search(new SparseVector([2], [1f], 10)));
        Assert.Empty(sut.Search(SparseVector.FromDense(new float[10])));
        Assert.Equal(0, sut.Score(1, One));
        Assert.Null(sut.Score(7, One));
    }

    [Fact]
    public void Search_EmptyIndex_TakesAnyQuery() => Assert.Empty(new SparseIndex<string>().Search(One));

    [Fact]
    public void Upsert_KeyTwiceInBatch_KeepsTheLast()
    {
        var sut = new SparseIndex<string>();
        var last = new SparseVector([1], [2f], 10);
        sut.Upsert([("a", One), ("b", One), ("a", last)]);

        Assert.Equal([new SearchHit<string>("a", 2), new SearchHit<string>("b", 1)], sut.Search(One));
        Assert.Equal(["b", "a"], sut.Keys);
        Assert.True(sut.TryGet("a", out SparseVector? found));
        Assert.Same(last, found);
    }

    [Fact]
    public void Upsert_OtherDimensions_RefusesTheWholeBatch()
    {
        SparseIndex<int> sut = CreateSut(One);
        var other = new SparseVector([1], [1f], 11);

        ArgumentException error = Assert.Throws<ArgumentException>("items", () => sut.Upsert([(5, One), (6, other)]));
        Assert.Contains("11", error.Message, StringComparison.Ordinal);
        Assert.Contains("expected 10", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("vector", () => sut.Upsert(5, other));
        Assert.Throws<ArgumentException>("query", () => sut.Search(other));
        Assert.Throws<ArgumentException>("items", () => new SparseIndex<int>().Upsert([(5, One), (6, other)]));
        Assert.Equal([0], sut.Keys);
    }

    [Fact]
    public void Remove_LastKey_FreesTheDimensions()
    {
        SparseIndex<int> sut = CreateSut(One);
        Assert.Equal(10, sut.Dimensions);

        Assert.True(sut.Remove(0));
        Assert.False(sut.Remove(0));
        Assert.Null(sut.Dimensions);
        sut.Upsert(1, new SparseVector([1], [1f], 11));

        Assert.Equal(11, sut.Dimensions);
        Assert.False(sut.Contains(0));
        Assert.False(sut.TryGet(0, out _));
        Assert.True(sut.Contains(1));
    }

    [Fact]
    public void Remove_HalfReadEnumerationOfKeys_SeesItsSnapshot()
    {
        SparseIndex<int> sut = CreateSut(One, One, One);
        IEnumerable<int> keys = sut.Keys;

        Assert.Equal(3, sut.Remove(sut.Keys));

        Assert.Equal([0, 1, 2], keys);
        Assert.Empty(sut.Keys);
    }

    [Fact]
    public void Upsert_BatchThatThrows_ChangesNothing()
    {
        SparseIndex<int> sut = CreateSut(One);
        static IEnumerable<(int, SparseVector)> Failing()
        {
            yield return (0, new SparseVector([1], [2f], 10));
            throw new InvalidOperationException();
        }

        Assert.Throws<InvalidOperationException>(() => sut.Upsert(Failing()));

        Assert.Equal([new SearchHit<int>(0, 1)], sut.Search(One));
    }

    [Fact]
    public void Members_InvalidArguments_NameTheParameter()
    {
        var sut = new SparseIndex<string>();

        Assert.Throws<ArgumentNullException>("key", () => sut.Upsert(null!, One));
        Assert.Throws<ArgumentNullException>("vector", () => sut.Upsert("a", null!));
        Assert.Throws<ArgumentNullException>("items", () => sut.Upsert(null!));
        Assert.Throws<ArgumentException>("items", () => sut.Upsert([("a", null!)]));
        Assert.Throws<ArgumentException>("items", () => sut.Upsert([(null!, One)]));
        Assert.Throws<ArgumentNullException>("key", () => sut.Remove((string)null!));
        Assert.Throws<ArgumentNullException>("keys", () => sut.Remove((IEnumerable<string>)null!));
        Assert.Throws<ArgumentNullException>("key", () => sut.Contains(null!));
        Assert.Throws<ArgumentNullException>("key", () => sut.TryGet(null!, out _));
        Assert.Throws<ArgumentNullException>("key", () => sut.Score(null!, One));
        Assert.Throws<ArgumentNullException>("query", () => sut.Score("a", null!));
        Assert.Throws<ArgumentNullException>("query", () => sut.Search(null!));
        Assert.Throws<ArgumentOutOfRangeException>("top", () => sut.Search(One, 0));
    }

    [Fact]
    public void Members_CancelledToken_ThrowAndChangeNothing()
    {
        SparseIndex<int> sut = CreateSut(One);
        var cancelled = new CancellationToken(canceled: true);

        Assert.Throws<OperationCanceledException>(() => sut.Search(One, cancellationToken: cancelled));
        Assert.Throws<OperationCanceledException>(() => sut.Upsert([(1, One)], cancelled));
        Assert.Equal(1, sut.Count);
    }

    private static SparseIndex<int> CreateSut(params SparseVector[] documents)
    {
        var sut = new SparseIndex<int>();
        sut.Upsert(documents.Select((document, i) => (i, document)));
        return sut;
    }
}
