using System.Numerics.Tensors;
using Splade.AI.Hybrid;
using Splade.AI.Search;
using Splade.AI.Tests.TestData;

namespace Splade.AI.Tests.Search;

public class DenseIndexTests
{
    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 40)]
    [InlineData(3, 1000)]
    public void Search_DotProductAfterRandomWrites_EqualsLinq(int seed, int keys)
    {
        var vectors = new GeneratedVectors(seed);
        var sut = new DenseIndex<long>(SimilarityFunction.Dot);
        var model = new InsertionOrderedModel<long, ReadOnlyMemory<float>>();
        for (int step = 0; step < 20; step++)
        {
            long[] removed = [.. Enumerable.Range(0, vectors.Next(keys)).Select(_ => (long)vectors.Next(keys))];
            (long, ReadOnlyMemory<float>)[] added =
                [.. Enumerable.Range(0, vectors.Next(keys)).Select(_ => ((long)vectors.Next(keys), new ReadOnlyMemory<float>(vectors.Dense(19))))];
            Assert.Equal(model.Remove(removed), sut.Remove(removed));
            model.Upsert(added);
            sut.Upsert(added);

            float[] query = vectors.Dense(19);
            SearchHit<long>[] expected = [.. model.Entries
                .Select(entry => new SearchHit<long>(entry.Key, entry.Value.ToArray().Zip(query, (a, b) => a * b).Sum()))
                .OrderByDescending(hit => hit.Score)];
            Assert.Equal(expected.Take(keys / 2 + 1), sut.Search(query, keys / 2 + 1));
            Assert.Equal(expected.Where(hit => hit.Key % 2 == 0), sut.Search(query, keys, key => key % 2 == 0));
            Assert.Equal(model.Entries.Select(entry => entry.Key), sut.Keys);
        }
    }

    [Fact]
    public void Search_Cosine_EqualsCosineOfTheVectors()
    {
        var vectors = new GeneratedVectors(5);
        float[][] documents = [.. Enumerable.Range(0, 200).Select(i => vectors.Dense(33).Select(x => x * MathF.Pow(2, i % 20 - 10)).ToArray())];
        DenseIndex<int> sut = CreateSut(documents);
        float[] query = vectors.Dense(33);

        IReadOnlyList<SearchHit<int>> hits = sut.Search(query, 200);

        Assert.Equal(200, hits.Count);
        Assert.Equal(hits.OrderByDescending(hit => hit.Score), hits);
        Assert.All(hits, hit => Assert.Equal(TensorPrimitives.CosineSimilarity<float>(documents[hit.Key], query), hit.Score, 1e-6f));
        Assert.All(hits, hit => Assert.Equal(sut.Score(hit.Key, query), hit.Score));
    }

    [Theory]
    [InlineData(1e-25f)]
    [InlineData(1e25f)]
    public void Search_CosineOfTinyOrHugeVectors_KeepsItsMeaning(float scale)
    {
        DenseIndex<int> sut = CreateSut([3 * scale, 4 * scale], [-3 * scale, 4 * scale]);

        IReadOnlyList<SearchHit<int>> hits = sut.Search(new[] { 6 / scale, 8 / scale });

        Assert.Equal([0, 1], hits.Select(hit => hit.Key));
        Assert.Equal(1, hits[0].Score, 1e-6f);
        Assert.Equal(0.28f, hits[1].Score, 1e-6f);
    }

    [Fact]
    public void Search_EqualScores_OrdersByLastInsertion()
    {
        DenseIndex<int> sut = CreateSut([1f, 0], [1f, 0], [1f, 0]);
        sut.Upsert(0, new[] { 1f, 0 });

        Assert.Equal([1, 2, 0], sut.Search(new[] { 1f, 1 }).Select(hit => hit.Key));
    }

    [Fact]
    public void TryGet_AfterTheCallerChangedItsArray_GivesWhatWasPutIn()
    {
        float[] vector = [3, 4];
        DenseIndex<int> sut = CreateSut(vector);
        vector[0] = 0;

        Assert.True(sut.TryGet(0, out ReadOnlyMemory<float> found));
        Assert.Equal([3f, 4f], found.ToArray());
        Assert.False(sut.TryGet(1, out _));
    }

    [Theory]
    [InlineData(0f, 0f)]
    [InlineData(1e-45f, 0f)]
    [InlineData(float.MaxValue, float.MaxValue)]
    [InlineData(float.NaN, 1f)]
    [InlineData(1f, float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity, 1f)]
    public void Cosine_VectorWithoutDirection_IsRefused(float x, float y)
    {
        float[] vector = [x, y];
        DenseIndex<int> sut = CreateSut([1f, 2]);

        Assert.Throws<ArgumentException>("vector", () => sut.Upsert(1, vector));
        Assert.Throws<ArgumentException>("items", () => sut.Upsert([(1, vector)]));
        Assert.Throws<ArgumentException>("query", () => sut.Search(vector));
        Assert.Throws<ArgumentException>("query", () => sut.Score(0, vector));
        Assert.Equal(1, sut.Count);
    }

    [Fact]
    public void DotProduct_ZeroVector_ScoresZero()
    {
        var sut = new DenseIndex<int>(SimilarityFunction.Dot);
        sut.Upsert(0, new float[2]);

        Assert.Equal([new SearchHit<int>(0, 0)], sut.Search(new[] { 1f, 2 }));
    }

    [Fact]
    public void Members_OtherDimensions_AreRefused()
    {
        DenseIndex<int> sut = CreateSut([1f, 2]);
        float[] other = [1, 2, 3];

        ArgumentException error = Assert.Throws<ArgumentException>("vector", () => sut.Upsert(1, other));
        Assert.Contains("Found a vector of 3 dimensions, expected 2", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("query", () => sut.Search(other));
        Assert.Throws<ArgumentException>("query", () => sut.Score(0, other));
        Assert.Throws<ArgumentException>("vector", () => sut.Upsert(1, ReadOnlyMemory<float>.Empty));
    }

    [Fact]
    public void Remove_LastKey_FreesTheDimensions()
    {
        DenseIndex<int> sut = CreateSut([1f, 2]);

        Assert.True(sut.Remove(0));
        Assert.False(sut.Contains(0));
        Assert.Null(sut.Dimensions);
        Assert.Empty(sut.Search(new[] { 1f, 2, 3 }));
        Assert.Null(sut.Score(0, new[] { 1f, 2, 3 }));
    }

    [Fact]
    public void Members_InvalidArguments_NameTheParameter()
    {
        var sut = new DenseIndex<string>();
        float[] vector = [1];

        Assert.Throws<ArgumentNullException>("key", () => sut.Upsert(null!, vector));
        Assert.Throws<ArgumentNullException>("items", () => sut.Upsert(null!));
        Assert.Throws<ArgumentException>("items", () => sut.Upsert([(null!, vector)]));
        Assert.Throws<ArgumentNullException>("key", () => sut.Remove((string)null!));
        Assert.Throws<ArgumentNullException>("keys", () => sut.Remove((IEnumerable<string>)null!));
        Assert.Throws<ArgumentNullException>("key", () => sut.Contains(null!));
        Assert.Throws<ArgumentNullException>("key", () => sut.TryGet(null!, out _));
        Assert.Throws<ArgumentNullException>("key", () => sut.Score(null!, vector));
        Assert.Throws<ArgumentOutOfRangeException>("top", () => sut.Search(vector, 0));
    }

    [Theory]
    [InlineData(SimilarityFunction.Euclidean)]
    [InlineData(SimilarityFunction.Manhattan)]
    [InlineData((SimilarityFunction)9)]
    public void Ctor_FunctionThatDenseVectorsAreNotIndexedBy_IsRefused(SimilarityFunction similarity)
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<ArgumentOutOfRangeException>("similarity", () => new DenseIndex<int>(similarity));
        Assert.Throws<ArgumentOutOfRangeException>("similarity", () => { DenseIndex.Open<int>(folder.Path, similarity); });
        Assert.Throws<ArgumentOutOfRangeException>("similarity", () => EmbeddedHybridStore.CreateInMemory(similarity));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Members_CancelledToken_ThrowAndChangeNothing()
    {
        DenseIndex<int> sut = CreateSut([1f, 2]);
        var cancelled = new CancellationToken(canceled: true);

        Assert.Throws<OperationCanceledException>(() => sut.Search(new[] { 1f, 2 }, cancellationToken: cancelled));
        Assert.Throws<OperationCanceledException>(() => sut.Upsert([(1, new[] { 1f, 2 })], cancelled));
        Assert.Equal(1, sut.Count);
    }

    private static DenseIndex<int> CreateSut(params float[][] documents)
    {
        var sut = new DenseIndex<int>();
        sut.Upsert(documents.Select((document, i) => (i, new ReadOnlyMemory<float>(document))));
        return sut;
    }
}
