using Splade.AI.Search.Segments;

namespace Splade.AI.Tests.Search.Segments;

/// <summary>Which segments a table has, and when they end.</summary>
public sealed class SegmentedTableMergingTests
{
    private const int TableRows = 4;

    [Fact]
    public async Task OptimizeAsync_BesideAWriter_MergesWhatWasThereAndEnds()
    {
        const int Before = 200;
        int merges = 0;
        var kind = new ArraySegments();
        using var sut = new SegmentedTable<int, SparseVector>(kind) { TableRows = TableRows };
        Put(sut, 0, Before);
        Put(sut, Before, 5);
        kind.Merging = _ =>
        {
            // Whenever something is merged, there is something else already.
            if (Interlocked.Increment(ref merges) < 50)
            {
                Put(sut, Before + (5 * merges), 5);
            }
        };
        await sut.OptimizeAsync();
        Assert.Equal(1, merges);
        Assert.Equal([Before + 5, 5], sut.Current.Parts.Select(part => part.Count));
    }

    [Fact]
    public async Task OptimizeAsync_MoreThanASegmentHolds_LeavesSeveral()
    {
        using var sut = new SegmentedTable<int, SparseVector>(new ArraySegments { FillOfRow = 0.01 }) { TableRows = TableRows };
        for (int i = 0; i < 50; i++)
        {
            Put(sut, 5 * i, 5);
        }

        await sut.WhenMergedAsync();
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => sut.OptimizeAsync()));
        Assert.InRange(sut.Current.Parts.Count, 3, 5);
        Assert.All(sut.Current.Parts, part => Assert.InRange(part.Size.Fill, 0.1, 1));
        Assert.Equal(Enumerable.Range(0, 250), sut.Keys);
    }

    [Fact]
    public async Task OptimizeAsync_DisposedMeanwhile_SaysSo()
    {
        using var begun = new ManualResetEventSlim();
        var kind = new ArraySegments
        {
            Merging = token =>
            {
                begun.Set();
                token.WaitHandle.WaitOne();
                token.ThrowIfCancellationRequested();
            },
        };
        var sut = new SegmentedTable<int, SparseVector>(kind) { TableRows = TableRows };
        Put(sut, 0, 5);
        Put(sut, 5, 5);
        Task first = sut.OptimizeAsync(), second = sut.OptimizeAsync();
        begun.Wait();
        sut.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => first);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => second);
    }

    private static void Put(SegmentedTable<int, SparseVector> table, int first, int count) =>
        table.Upsert([.. Enumerable.Range(first, count).Select(key => KeyValuePair.Create(key, Vector(key)))], "items");

    private static SparseVector Vector(int key) => new([key % 7], [1 + key], 7);
}
