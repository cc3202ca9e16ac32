using Splade.AI.Search;
using Splade.AI.Search.Segments;
using Splade.AI.Search.Sparse;

namespace Splade.AI.Tests.Search.Segments;

public sealed class KeyTableTests
{
    [Fact]
    public void Find_GeneratedKeys_GivesTheirRows()
    {
        var random = new Random(1);
        foreach (int count in new[] { 0, 1, 2, 1_000 })
        {
            string[] keys = [.. Enumerable.Range(0, count).Select(i => $"{random.Next()} {i}")];
            var sut = new KeyTable<string>(keys);
            Assert.All(keys, (key, row) => Assert.Equal(row, sut.Find(key)));
            Assert.Equal(-1, sut.Find("another"));
        }
    }

    [Fact]
    public void Find_AfterAFailure_FindsAgain()
    {
        // Memory may be short for a moment: that must not be remembered for ever.
        var key = new FailingKey { Fails = true };
        var sut = new KeyTable<FailingKey>([key]);
        Assert.Throws<InsufficientMemoryException>(() => sut.Find(key));
        key.Fails = false;
        Assert.Equal(0, sut.Find(key));
    }

    [Fact]
    public async Task IsReady_SegmentsThatWereBuilt_WithoutAnyLook()
    {
        using var table = new SegmentedTable<int, SparseVector>(new SparseSegments()) { TableRows = 2 };
        for (int i = 0; i < 30; i++)
        {
            Put(table, 3 * i);
            RequireReady(table);
        }

        await table.WhenMergedAsync();
        RequireReady(table);
    }

    [Fact]
    public void IsReady_SegmentsThatWereOpened_OnceAKeyIsLookedFor()
    {
        string folder = Directory.CreateTempSubdirectory("splade").FullName;
        try
        {
            using (SegmentedTable<int, SparseVector> written = Open(folder))
            {
                Put(written, 0);
            }

            using SegmentedTable<int, SparseVector> sut = Open(folder);
            Assert.Equal([false], sut.Current.Parts.Select(part => part.Keys.IsReady));
            Assert.Equal([3L * sizeof(int)], sut.Current.Parts.Select(part => part.KeyBytes));
            Assert.True(sut.Contains(1));
            RequireReady(sut);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static SegmentedTable<int, SparseVector> Open(string folder)
    {
        var table = new SegmentedTable<int, SparseVector>(new SparseSegments()) { TableRows = 2 };
        table.Open(folder, new SearchIndexOptions(), CancellationToken.None);
        return table;
    }

    private static void Put(SegmentedTable<int, SparseVector> table, int first) =>
        table.Upsert([.. Enumerable.Range(first, 3).Select(key => KeyValuePair.Create(key, new SparseVector([0], [1], 1)))], "items");

    private static void RequireReady(SegmentedTable<int, SparseVector> table)
    {
        IReadOnlyList<SegmentPart<int, SparseVector>> parts = table.Current.Parts;
        Assert.NotEmpty(parts);
        Assert.All(parts, part => Assert.True(part.Keys.IsReady));
    }

    private sealed class FailingKey
    {
        public bool Fails { get; set; }

        public override int GetHashCode() => Fails ? throw new InsufficientMemoryException() : 1;

        public override bool Equals(object? obj) => ReferenceEquals(this, obj);
    }
}
