using Splade.AI.Search;

namespace Splade.AI.Tests.Search;

/// <summary>The index against the most obvious implementation, under random writes.</summary>
public class SparseIndexPropertyTests
{
    private const int Dimensions = 50;

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 10)]
    [InlineData(3, 100)]
    [InlineData(4, 1000)]
    [InlineData(5, 3000)]
    public void Search_RandomWrites_EqualsLinq(int seed, int keys)
    {
        CompareWithLinq(seed, keys, key => key);
        CompareWithLinq(seed, keys, key => $"key {key}");
        CompareWithLinq(seed, keys, key => long.MaxValue - key);
        CompareWithLinq(seed, keys, key => new Guid(key, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
    }

    private static void CompareWithLinq<TKey>(int seed, int keys, Func<int, TKey> keyOf)
        where TKey : notnull, IEquatable<TKey>
    {
        var vectors = new GeneratedVectors(seed);
        var sut = new SparseIndex<TKey>();
        var model = new List<(TKey Key, SparseVector Vector)>();
        for (int step = 0; step < 30; step++)
        {
            WriteRandomly(sut, model, vectors, keys, keyOf);
            Assert.Equal(model.Select(entry => entry.Key), sut.Keys);
            Assert.Equal(model.Count, sut.Count);

            SparseVector query = vectors.Sparse(Dimensions, 12);
            int top = 1 + vectors.Next(keys + 2);
            bool Filter(TKey key) => key.GetHashCode() % 3 != 0;
            Assert.Equal(Expected(model, query).Take(top), sut.Search(query, top));
            Assert.Equal(Expected(model, query).Where(hit => Filter(hit.Key)).Take(top), sut.Search(query, top, Filter));
            Assert.All(model.Take(20), entry => Assert.Equal(entry.Vector.Dot(query), sut.Score(entry.Key, query)));
        }
    }

    private static void WriteRandomly<TKey>(
        SparseIndex<TKey> sut, List<(TKey Key, SparseVector Vector)> model, GeneratedVectors vectors, int keys, Func<int, TKey> keyOf)
        where TKey : notnull, IEquatable<TKey>
    {
        TKey[] removed = [.. Enumerable.Range(0, vectors.Next(keys + 1)).Select(_ => keyOf(vectors.Next(keys)))];
        int before = model.Count;
        model.RemoveAll(entry => removed.Contains(entry.Key));
        Assert.Equal(before - model.Count, sut.Remove(removed));

        (TKey Key, SparseVector Vector)[] added =
            [.. Enumerable.Range(0, vectors.Next(keys + 1)).Select(_ => (keyOf(vectors.Next(keys)), vectors.Sparse(Dimensions, 20)))];
        foreach ((TKey Key, SparseVector Vector) entry in added)
        {
            model.RemoveAll(old => old.Key.Equals(entry.Key));
            model.Add(entry);
        }

        sut.Upsert(added);
    }

    private static IEnumerable<SearchHit<TKey>> Expected<TKey>(IEnumerable<(TKey Key, SparseVector Vector)> model, SparseVector query) =>
        model.Select(entry => new SearchHit<TKey>(entry.Key, entry.Vector.Dot(query))).Where(hit => hit.Score > 0).OrderByDescending(hit => hit.Score);
}
