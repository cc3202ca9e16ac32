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
        await sut.ForceMergeAsync();
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
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => sut.ForceMergeAsync()));
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
        Task first = sut.ForceMergeAsync(), second = sut.ForceMergeAsync();
        begun.Wait();
        sut.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => first);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => second);
    }

    [Fact]
    public async Task Read_BesideWritersAndMerges_HasItsSegmentsUntilItIsOver()
    {
        const int Keys = 200;
        var kind = new ArraySegments();
        var sut = new SegmentedTable<int, SparseVector>(kind) { TableRows = TableRows };
        Put(sut, 0, Keys);
        using var over = new CancellationTokenSource();
        Task[] readers = [.. Enumerable.Range(0, 8).Select(_ => Threads.Run(() =>
        {
            while (!over.IsCancellationRequested)
            {
                using StateReading<int, SparseVector> reading = sut.Read();
                Assert.Equal(Keys, reading.State.Count);
                Assert.All(Enumerable.Range(0, Keys), key => Assert.True(reading.State.TryGet(key, out SparseVector? vector) && vector.Equals(Vector(key))));
            }
        }))];
        var random = new Random(1);
        for (int i = 0; i < 2_000; i++)
        {
            int count = random.Next(1, 3 * TableRows);
            Put(sut, random.Next(Keys - count), count);
            if (i % 300 == 299)
            {
                await sut.ForceMergeAsync();
            }
        }

        await over.CancelAsync();
        await Task.WhenAll(readers);
        await sut.WhenMergedAsync();
        IndexSegment<SparseVector>[] there = [.. sut.Current.Parts.Select(part => part.Segment)];
        Assert.All(kind.Built, segment => Assert.Equal(there.Contains(segment) ? 0 : 1, segment.Disposals));
        sut.Dispose();
        Assert.All(kind.Built, segment => Assert.Equal(1, segment.Disposals));
    }

    [Fact]
    public async Task Read_OverAfterTheSegmentsWereMerged_LetsThemGo()
    {
        var kind = new ArraySegments();
        var sut = new SegmentedTable<int, SparseVector>(kind) { TableRows = TableRows };
        Put(sut, 0, 5);
        Put(sut, 5, 5);
        StateReading<int, SparseVector> first = sut.Read(), second = sut.Read();
        await sut.ForceMergeAsync();
        StateReading<int, SparseVector> third = sut.Read();
        Assert.Equal([0, 0, 0], kind.Built.Select(segment => segment.Disposals));
        first.Dispose();
        Assert.Equal([0, 0, 0], kind.Built.Select(segment => segment.Disposals));
        second.Dispose();
        Assert.Equal([1, 1, 0], kind.Built.Select(segment => segment.Disposals));
        sut.Dispose();
        Assert.Throws<ObjectDisposedException>(() => sut.Read());
        Assert.Equal([1, 1, 0], kind.Built.Select(segment => segment.Disposals));
        third.Dispose();
        Assert.Equal([1, 1, 1], kind.Built.Select(segment => segment.Disposals));
    }

    private static void Put(SegmentedTable<int, SparseVector> table, int first, int count) =>
        table.Upsert([.. Enumerable.Range(first, count).Select(key => KeyValuePair.Create(key, Vector(key)))], "items");

    private static SparseVector Vector(int key) => new([key % 7], [1 + key], 7);
}
