using Splade.AI.Search;
using Splade.AI.Search.Storage;

namespace Splade.AI.Tests.Search.Storage;

/// <summary>The end of a log that was closed, or that a backup has, and the log that follows one that was not closed.</summary>
public sealed class ClosedLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Folder => _folder.PathOf("index");

    private string Copy => _folder.PathOf("copy");

    public void Dispose()
    {
        DurableFile.Flushing = null;
        _folder.Dispose();
    }

    [Fact]
    public void Open_ClosedLogCutAnywhere_IsRefused()
    {
        Fill(20);
        byte[] log = File.ReadAllBytes(IndexCopy.Only(Folder, "log-"));
        foreach (int length in Enumerable.Range(0, log.Length).Where(length => length % 17 == 0 || length is 8 or 100 or 272 or 544 || log.Length - length < 40))
        {
            Refuse(log[..length]);
        }
    }

    [Fact]
    public void Open_ClosedLogWithOtherBytes_IsRefused()
    {
        Fill(20);
        byte[] log = File.ReadAllBytes(IndexCopy.Only(Folder, "log-"));
        Refuse([.. log[..(log.Length / 2)], .. new byte[log.Length - (log.Length / 2)]]);
        Refuse([.. log, 0]);
        Refuse([.. log, .. log[^40..]]);
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(900, 1)]
    public async Task Open_BackupWithABitFlippedNearItsEnd_IsRefused(int rows, int batches)
    {
        using (var index = SparseIndex.Open<string>(Folder))
        {
            for (int batch = 0; batch < batches; batch++)
            {
                index.Upsert(Enumerable.Range(0, rows).Select(i => ($"{batch} {i}", Vector(i))));
            }

            await index.BackupAsync(_folder.PathOf("backup"));
        }

        string log = IndexCopy.Only(_folder.PathOf("backup"), "log-");
        byte[] bytes = File.ReadAllBytes(log);
        for (int back = 1; back < 100; back++)
        {
            bytes[^back] ^= 4;
            string copy = IndexCopy.Make(_folder.PathOf("backup"), Copy, Path.GetFileName(log), bytes);
            Assert.StartsWith(copy, Assert.Throws<SearchStorageException>(() => SparseIndex.Open<string>(copy)).Path, StringComparison.Ordinal);
            bytes[^back] ^= 4;
        }

        using var whole = SparseIndex.Open<string>(_folder.PathOf("backup"));
        Assert.Equal(rows * batches, whole.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Open_CopyThatEndedAnywhere_IsRefused(bool isBackup)
    {
        using (SparseIndex<string> index = StorageProgram.Open(Folder))
        {
            index.Upsert("one", Vector(1));
            await index.BackupAsync(_folder.PathOf("backup of few"));
            index.Upsert(Enumerable.Range(0, 20).Select(i => ($"key {i}", Vector(i))));
            index.Upsert("two", Vector(2));
            await index.BackupAsync(_folder.PathOf("backup"));
        }

        foreach (string whole in isBackup ? [_folder.PathOf("backup"), _folder.PathOf("backup of few")] : new[] { Folder })
        {
            string[] files = Directory.GetFiles(whole);
            for (int first = 0; first < files.Length; first++)
            {
                // In an order of its own each time; the last one has come in part.
                string[] order = [.. files[first..], .. files[..first]];
                for (int done = 0; done < order.Length; done++)
                {
                    byte[] bytes = File.ReadAllBytes(order[done]);
                    foreach (int length in new[] { 0, 1, 8, LogHeader.Size, 4096, bytes.Length / 2, bytes.Length - 1 }.Where(length => length >= 0 && length < bytes.Length))
                    {
                        string copy = IndexCopy.Make(whole, Copy);
                        Array.ForEach(order[done..], file => File.Delete(Path.Combine(copy, Path.GetFileName(file))));
                        File.WriteAllBytes(Path.Combine(copy, Path.GetFileName(order[done])), bytes[..length]);
                        Assert.Throws<SearchStorageException>(() => StorageProgram.Open(copy));
                    }
                }
            }
        }
    }

    [Fact]
    public void Open_ClosedAndNotWrittenTo_LeavesTheFolderAsItWas()
    {
        Fill(3);
        Dictionary<string, byte[]> before = Files(Folder);
        using (SparseIndex<string> index = StorageProgram.Open(Folder))
        {
            Assert.Equal(3, index.Count);
        }

        Assert.Equal(before, Files(Folder));
    }

    [Fact]
    public void Open_AfterACrash_WritesTheRecordsAnewBeforeItReturns()
    {
        using (SparseIndex<string> index = StorageProgram.Open(Folder))
        {
            index.Upsert("one", Vector(1));
            index.Upsert("two", Vector(2));
            IndexCopy.Make(Folder, Copy);
        }

        string torn = IndexCopy.Only(Copy, "log-");
        var flushed = new List<string>();
        DurableFile.Flushing = path => flushed.Add(Path.GetFileName(path));
        using (SparseIndex<string> index = StorageProgram.Open(Copy))
        {
            DurableFile.Flushing = null;
            string log = IndexCopy.Only(Copy, "log-");
            Assert.NotEqual(torn, log);
            Assert.True(flushed.IndexOf(Path.GetFileName(log)) is int at and >= 0 && at < flushed.LastIndexOf(ManifestFile.Name), string.Join(", ", flushed));
        }

        // From now on nothing of it is taken for a torn end.
        using (SparseIndex<string> index = StorageProgram.Open(Copy))
        {
            index.Upsert("three", Vector(3));
            string copy = IndexCopy.Make(Copy, _folder.PathOf("again"));
            byte[] bytes = File.ReadAllBytes(IndexCopy.Only(copy, "log-"));
            int two = bytes.AsSpan().IndexOf("two"u8);
            bytes[two] ^= 1;
            File.WriteAllBytes(IndexCopy.Only(copy, "log-"), bytes);
            Assert.Throws<SearchStorageException>(() => StorageProgram.Open(copy));
        }

        using SparseIndex<string> last = StorageProgram.Open(Copy);
        Assert.Equal(["one", "two", "three"], last.Keys);
    }

    [Fact]
    public void Open_NobodyClosedIt_PassesOverATornEndOnly()
    {
        using (SparseIndex<string> index = StorageProgram.Open(Folder))
        {
            index.Upsert("one", Vector(1));
            index.Upsert("two", Vector(2));
            IndexCopy.Make(Folder, Copy);
        }

        string log = IndexCopy.Only(Copy, "log-");
        byte[] bytes = File.ReadAllBytes(log);
        IndexCopy.Make(Copy, Folder, Path.GetFileName(log), bytes[..^3]);
        using SparseIndex<string> again = StorageProgram.Open(Folder);
        Assert.Equal(["one"], again.Keys);
    }

    [Fact]
    public void Open_ManifestOfAnEarlierTime_IsRefused()
    {
        var space = new Dictionary<string, string> { ["model"] = "a" };
        StorageProgram.Open(Folder, new SearchIndexOptions { EmbeddingSpace = space }).Dispose();
        var manifests = new List<byte[]>();
        using (SparseIndex<string> index = StorageProgram.Open(Folder))
        {
            manifests.Add(File.ReadAllBytes(Path.Combine(Folder, ManifestFile.Name)));
            index.Upsert("one", Vector(1));
            index.Upsert(Enumerable.Range(0, 20).Select(i => ($"key {i}", Vector(i))));
            manifests.Add(File.ReadAllBytes(Path.Combine(Folder, ManifestFile.Name)));
            index.Upsert("two", Vector(2));
            index.Remove(Enumerable.Range(0, 15).Select(i => $"key {i}"));
        }

        // The one before the last says less, and the log says the rest.
        IndexCopy.Make(Folder, Copy, ManifestFile.Name, manifests[0]);
        Assert.Throws<SearchStorageException>(() => StorageProgram.Open(Copy));
    }

    private static SparseVector Vector(int i) => new([i % 7], [1 + i], 7);

    private static Dictionary<string, byte[]> Files(string folder) => Directory.GetFiles(folder).ToDictionary(file => file, File.ReadAllBytes);

    private void Fill(int count)
    {
        using var index = SparseIndex.Open<string>(Folder);
        for (int i = 0; i < count; i++)
        {
            index.Upsert($"k{i}", Vector(i));
        }
    }

    private void Refuse(byte[] log)
    {
        string name = Path.GetFileName(IndexCopy.Only(Folder, "log-"));
        string copy = IndexCopy.Make(Folder, Copy, name, log);
        Assert.Equal(Path.Combine(copy, name), Assert.Throws<SearchStorageException>(() => SparseIndex.Open<string>(copy)).Path);
    }
}
