using Splade.AI.Hybrid;
using Splade.AI.Search;
using Splade.AI.Search.Segments;
using Splade.AI.Search.Sparse;

namespace Splade.AI.Tests.Search.Storage;

/// <summary>What the child processes do.</summary>
internal static class StorageProgram
{
    /// <summary>Small, so that a short story has many segments and merges.</summary>
    private const int TableRows = 8;

    /// <summary>Small, so that some segments are put together in files.</summary>
    private const int MostInMemory = 4096;

    public static SparseIndex<string> Open(string folder, SearchIndexOptions? options = null) => Open<string>(folder, options);

    public static SparseIndex<TKey> Open<TKey>(string folder, SearchIndexOptions? options = null)
        where TKey : notnull, IEquatable<TKey>
    {
        var table = new SegmentedTable<TKey, SparseVector>(new SparseSegments()) { TableRows = TableRows, MostInMemory = MostInMemory };
        table.Open(folder, options ?? new SearchIndexOptions(), CancellationToken.None);
        return new SparseIndex<TKey>(options, table);
    }

    /// <summary>An index or a store in a folder.</summary>
    public static IScriptedIndex Open(string folder, bool isStore) =>
        isStore ? new ScriptedStore(OpenStore(folder)) : new ScriptedSparseIndex(Open(folder));

    /// <summary>Writes until it is killed, and says each step that was acknowledged.</summary>
    public static int Write(string folder, bool isStore, int seed, int first)
    {
        var writes = new ScriptedWrites(seed);
        using IScriptedIndex index = Open(folder, isStore);
        for (int step = first; ; step++)
        {
            writes.Do(step, index);
            Console.Out.WriteLine(step);
            Console.Out.Flush();
        }
    }

    /// <summary>Writes, and makes a backup after each write, until it is killed.</summary>
    public static int BackUp(string folder, int seed)
    {
        var writes = new ScriptedWrites(seed);
        using SparseIndex<string> index = Open(Path.Combine(folder, "index"));
        for (int step = 0; ; step++)
        {
            writes.Do(step, index);
            index.BackupAsync(Path.Combine(folder, BackupAfter(step + 1))).GetAwaiter().GetResult();
            Console.Out.WriteLine(step);
            Console.Out.Flush();
        }
    }

    /// <summary>The name of the backup after so many writes.</summary>
    public static string BackupAfter(int writes) => $"backup {writes}";

    private static EmbeddedHybridStore OpenStore(string folder) =>
        EmbeddedHybridStore.Open(folder, HybridSchema.Default, options: null, TableRows, CancellationToken.None);

    /// <summary>Writes until the disk is full, and says how many vectors there were at first and are then, and the error.</summary>
    public static int Fill(string folder)
    {
        var vectors = new GeneratedVectors(1);
        using SparseIndex<string> index = Open(folder);
        int first = index.Count;
        int written = first;
        try
        {
            for (; ; written++)
            {
                index.Upsert($"key {written}", vectors.Sparse(ScriptedWrites.Dimensions, 30));
            }
        }
        catch (SearchStorageException e)
        {
            // Keys and vectors of all that was acknowledged, and of nothing else.
            bool isWhole = index.Keys.SequenceEqual(Enumerable.Range(0, written).Select(i => $"key {i}")) && index.Keys.All(key => index.TryGet(key, out _));
            Console.Out.WriteLine($"{first} {written} {isWhole} {e.Message}");
            return 0;
        }
    }

    /// <summary>Writes to an index by a relative path, and from elsewhere, where another index has the same path; says how many vectors each has.</summary>
    public static int Wander(string folder)
    {
        var vector = new SparseVector([1], [1], 7);
        foreach (string name in new[] { "here", "there" })
        {
            Directory.SetCurrentDirectory(Directory.CreateDirectory(Path.Combine(folder, name)).FullName);
            using SparseIndex<int> index = SparseIndex.Open<int>("index");
            index.Upsert(Enumerable.Range(0, name == "here" ? 1 : 5).Select(i => (-1 - i, vector)));
        }

        Directory.SetCurrentDirectory(Path.Combine(folder, "here"));
        using (SparseIndex<int> index = SparseIndex.Open<int>("index"))
        {
            Directory.SetCurrentDirectory(Path.Combine(folder, "there"));
            index.Upsert(Enumerable.Range(0, 1100).Select(i => (i, vector)));
        }

        using SparseIndex<int> here = SparseIndex.Open<int>(Path.Combine(folder, "here", "index"));
        using SparseIndex<int> there = SparseIndex.Open<int>(Path.Combine(folder, "there", "index"));
        Console.Out.WriteLine($"{here.Count} {there.Count}");
        return 0;
    }

    /// <summary>Opens the folder and keeps it until its input ends.</summary>
    public static int Hold(string folder)
    {
        using SparseIndex<string> index = Open(folder);
        Console.Out.WriteLine("open");
        Console.Out.Flush();
        Console.In.ReadToEnd();
        return 0;
    }
}
