using Splade.AI.Search;
using Splade.AI.Search.Segments;
using Splade.AI.Search.Sparse;

namespace Splade.AI.Tests.Search;

/// <summary>Segments that come, lose rows and are merged in the background change nothing of what is found.</summary>
public sealed class SparseIndexMergingTests
{
    private const int Dimensions = 60;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Search_WhileSegmentsAreMerged_EqualsLinq(int seed)
    {
        var vectors = new GeneratedVectors(seed);
        var sut = NewIndex<int>(4);
        var model = new InsertionOrderedModel<int, SparseVector>();
        for (int step = 0; step < Trials.Of(200, slow: 400); step++)
        {
            if (step % 50 == 49)
            {
                await sut.ForceMergeAsync();
            }

            int[] removed = [.. Enumerable.Range(0, vectors.Next(6)).Select(_ => vectors.Next(300))];
            (int, SparseVector)[] added = [.. Enumerable.Range(0, vectors.Next(12)).Select(_ => (vectors.Next(300), vectors.Sparse(Dimensions, 20)))];
            Assert.Equal(model.Remove(removed), sut.Remove(removed));
            model.Upsert(added);
            sut.Upsert(added);
            SparseVector query = vectors.Sparse(Dimensions, 12);
            Assert.Equal(Best(model, query), sut.Search(query, 20));
            Assert.Equal(model.Entries.Select(entry => entry.Key), sut.Keys);
            Assert.Equal(model.Entries.Count(), sut.Count);
        }

        await sut.WhenMergedAsync();
        Assert.All(model.Entries, entry => Assert.True(sut.TryGet(entry.Key, out SparseVector? vector) && vector.Equals(entry.Value)));
    }

    [Fact]
    public async Task Search_WhileOthersWrite_SeesWholeBatches()
    {
        // Each batch replaces all vectors by copies of one with another weight: a search that mixed two would show two scores.
        const int Keys = 50;
        var sut = NewIndex<int>(16);
        var query = new SparseVector([0], [1], 1);
        sut.Upsert(Batch(1));
        using var stop = new CancellationTokenSource();
        Task[] readers = [.. Enumerable.Range(0, 4).Select(_ => Threads.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                IReadOnlyList<SearchHit<int>> hits = sut.Search(query, Keys);
                Assert.Equal(Keys, hits.Count);
                Assert.Single(hits.Select(hit => hit.Score).Distinct());
            }
        }))];
        for (int weight = 2; weight < Trials.Of(200, slow: 500); weight++)
        {
            sut.Upsert(Batch(weight));
        }

        await stop.CancelAsync();
        await Task.WhenAll(readers);
        await sut.WhenMergedAsync();

        static IEnumerable<(int, SparseVector)> Batch(int weight) =>
            Enumerable.Range(0, Keys).Select(key => (key, new SparseVector([0], [weight], 1)));
    }

    [Fact]
    public async Task Upsert_AfterAllWasRemoved_TakesOtherDimensions()
    {
        var sut = NewIndex<string>(2);
        sut.Upsert([("a", new SparseVector([0], [1], 3)), ("b", new SparseVector([1], [1], 3)), ("c", new SparseVector([2], [1], 3))]);
        Assert.Throws<ArgumentException>(() => sut.Upsert("d", new SparseVector([0], [1], 4)));
        Assert.Equal(3, sut.Remove(["a", "b", "c"]));
        Assert.Null(sut.Dimensions);
        sut.Upsert("d", new SparseVector([0], [1], 4));
        await sut.ForceMergeAsync();
        Assert.Equal(4, sut.Dimensions);
        Assert.Equal(["d"], sut.Keys);
    }

    [Fact]
    public async Task OptimizeAsync_Cancelled_LeavesAllAsItWas()
    {
        var sut = NewIndex<int>(1);
        sut.Upsert(1, new SparseVector([0], [1], 1));
        sut.Upsert(2, new SparseVector([0], [2], 1));
        sut.Upsert(3, new SparseVector([0], [3], 1));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sut.ForceMergeAsync(new CancellationToken(canceled: true)));
        Assert.Equal([3, 2, 1], sut.Search(new SparseVector([0], [1], 1)).Select(hit => hit.Key));
        await sut.ForceMergeAsync();
        Assert.Equal([3, 2, 1], sut.Search(new SparseVector([0], [1], 1)).Select(hit => hit.Key));
    }

    private static SparseIndex<TKey> NewIndex<TKey>(int tableRows)
        where TKey : notnull, IEquatable<TKey> =>
        new(options: null, new SegmentedTable<TKey, SparseVector>(new SparseSegments()) { TableRows = tableRows });

    private static IEnumerable<SearchHit<int>> Best(InsertionOrderedModel<int, SparseVector> model, SparseVector query) => model.Entries
        .Select(entry => new SearchHit<int>(entry.Key, entry.Value.Dot(query)))
        .Where(hit => hit.Score > 0)
        .OrderByDescending(hit => hit.Score)
        .Take(20);
}
