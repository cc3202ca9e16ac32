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
    [InlineData(5, 2000)]
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
        var model = new InsertionOrderedModel<TKey, SparseVector>();
        HashSet<TKey> allowed = [.. Enumerable.Range(0, keys).Where(key => key % 3 != 0).Select(keyOf)];
        for (int step = 0; step < Trials.Of(8, slow: 20); step++)
        {
            TKey[] removed = [.. Enumerable.Range(0, vectors.Next(keys + 1)).Select(_ => keyOf(vectors.Next(keys)))];
            (TKey, SparseVector)[] added =
                [.. Enumerable.Range(0, vectors.Next(keys + 1)).Select(_ => (keyOf(vectors.Next(keys)), vectors.Sparse(Dimensions, 20)))];
            Assert.Equal(model.Remove(removed), sut.Remove(removed));
            model.Upsert(added);
            sut.Upsert(added);

            SparseVector query = vectors.Sparse(Dimensions, 12);
            int top = 1 + vectors.Next(keys + 2);
            SearchHit<TKey>[] expected = [.. model.Entries
                .Select(entry => new SearchHit<TKey>(entry.Key, entry.Value.Dot(query)))
                .Where(hit => hit.Score > 0)
                .OrderByDescending(hit => hit.Score)];
            Assert.Equal(expected.Take(top), sut.Search(query, top));
            Assert.Equal(expected.Where(hit => allowed.Contains(hit.Key)).Take(top), sut.Search(query, top, allowed.Contains));
            Assert.All(expected, hit => Assert.Equal(hit.Score, sut.Score(hit.Key, query)));
            Assert.Equal(model.Entries.Select(entry => entry.Key), sut.Keys);
        }
    }
}
