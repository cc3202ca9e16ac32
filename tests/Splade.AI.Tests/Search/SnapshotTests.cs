using Splade.AI.Search;

namespace Splade.AI.Tests.Search;

/// <summary>Readers beside a writer: each call sees one whole batch, and old rows do not pile up.</summary>
[Collection(RunsAlone.Name)]
public class SnapshotTests
{
    private const int Keys = 50;
    private const int Readers = 64;
    private const int Generations = 100;

    [Fact]
    public async Task SparseIndex_ReadersDuringUpserts_SeeWholeBatches()
    {
        var sut = new SparseIndex<int>();
        var query = new SparseVector([3], [1f], 10);
        void Write(int generation)
        {
            sut.Upsert(Enumerable.Range(0, Keys).Select(key => (key, new SparseVector([3], [(float)generation], 10))));
            sut.Upsert(Keys, new SparseVector([4], [1f], 10));
            sut.Remove(Keys);
        }

        await WriteWhileReading(Write, () => sut.Search(query, Keys + 10));
    }

    [Fact]
    public async Task DenseIndex_ReadersDuringUpserts_SeeWholeBatches()
    {
        var sut = new DenseIndex<int>(SimilarityFunction.Dot);
        void Write(int generation) =>
            sut.Upsert(Enumerable.Range(0, Keys).Select(key => (key, new ReadOnlyMemory<float>([generation, 0]))));

        await WriteWhileReading(Write, () => sut.Search(new[] { 1f, 5 }, Keys + 10));
    }

    [Fact]
    public void Upsert_SameKeysForever_KeepsTheRowsBounded()
    {
        var sut = new MemTable<int, string>();
        for (int i = 0; i < 10_000; i++)
        {
            sut.Upsert([KeyValuePair.Create(i % 10, $"value {i}")]);
        }

        Assert.Equal(10, sut.Current.Count);
        Assert.InRange(sut.Current.RowCount, 10, 60);
    }

    [Fact]
    public void Current_AfterLaterWrites_StaysAsItWas()
    {
        var sut = new MemTable<int, string>();
        sut.Upsert([KeyValuePair.Create(1, "one"), KeyValuePair.Create(2, "two")]);
        MemTableSnapshot<int, string> before = sut.Current;

        sut.Upsert([KeyValuePair.Create(1, "uno"), KeyValuePair.Create(3, "tres")]);
        sut.Remove([2]);

        Assert.Equal([1, 2], before.Keys);
        Assert.True(before.TryGet(1, out string? one));
        Assert.Equal("one", one);
        Assert.Equal([1, 3], sut.Current.Keys);
    }

    private static async Task WriteWhileReading(Action<int> write, Func<IReadOnlyList<SearchHit<int>>> search)
    {
        write(1);
        using var done = new CancellationTokenSource();
        Task[] readers = [.. Enumerable.Range(0, Readers).Select(_ => Task.Factory.StartNew(Read, TaskCreationOptions.LongRunning))];
        for (int generation = 2; generation <= Generations; generation++)
        {
            write(generation);
        }

        await done.CancelAsync();
        await Task.WhenAll(readers);

        void Read()
        {
            float last = 0;
            do
            {
                IReadOnlyList<SearchHit<int>> hits = search();
                Assert.Equal(Keys, hits.Count);
                Assert.DoesNotContain(hits, hit => hit.Score != hits[0].Score);
                Assert.True(hits.Select(hit => hit.Key).SequenceEqual(Enumerable.Range(0, Keys)));
                Assert.InRange(hits[0].Score, last, Generations);
                last = hits[0].Score;

                // Lets the writer through on a machine with few cores.
                Thread.Sleep(1);
            }
            while (!done.IsCancellationRequested);
        }
    }
}
