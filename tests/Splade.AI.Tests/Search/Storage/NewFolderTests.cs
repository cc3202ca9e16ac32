using Splade.AI.Search;
using Splade.AI.Search.Storage;

namespace Splade.AI.Tests.Search.Storage;

/// <summary>Where an index is made, and what becomes of files that lie there.</summary>
public sealed class NewFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Folder => _folder.PathOf("index");

    public void Dispose()
    {
        DurableFile.Flushing = null;
        _folder.Dispose();
    }

    [Theory]
    [InlineData("notes.txt", "mine")]
    [InlineData("log-00000001", "")]
    [InlineData("log-00000001", "SPLOG003")]
    [InlineData("segment-00000001", "SPSEG001")]
    [InlineData("manifest.new", "mine")]
    [InlineData("unfinished-copy", "")]
    [InlineData("unfinished-copy.new", "")]
    public void Open_FolderWithSomethingElse_IsRefusedByNameAndKeepsIt(string name, string content)
    {
        _folder.Write($"index/{name}", content);
        string message = Refusal(() => StorageProgram.Open(Folder));
        Assert.Contains(name.StartsWith("unfinished", StringComparison.Ordinal) ? "a copy that was not finished" : $"Found '{name}'", message, StringComparison.Ordinal);
        Assert.Contains("name an", message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(content, File.ReadAllText(Path.Combine(Folder, name)));
        Assert.False(File.Exists(Path.Combine(Folder, ManifestFile.Name)));
    }

    [Fact]
    public void Open_FolderWithFilesOfTheSystem_MakesAnIndex()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "lost+found"));
        string[] files = [".DS_Store", "desktop.ini", "Thumbs.db", "lock"];
        Array.ForEach(files, name => _folder.Write($"index/{name}", ""));
        StorageProgram.Open(Folder).Dispose();
        StorageProgram.Open(Folder).Dispose();
        Assert.All(files, name => Assert.True(File.Exists(Path.Combine(Folder, name))));
    }

    [Fact]
    public void Open_UsersFilesBesideAnIndex_LeavesThem()
    {
        Write("one");
        string[] others =
        [
            "log-20261130", "segment-20261130", "log-2024", "segment-1", "log-+0000001", "log-00000001.txt", "log-2147483647", "segment-9223372036854775807",
            "log-9223372036854775808", "notes.txt",
        ];
        Array.ForEach(others, name => _folder.Write($"index/{name}", name.EndsWith('7') ? "" : "mine"));
        Write("two");
        Write("three");
        Assert.All(others, name => Assert.Equal(name.EndsWith('7') ? "" : "mine", File.ReadAllText(Path.Combine(Folder, name))));
        Assert.Equal(others.Concat(["lock", "manifest", "log-00000003"]).Order(), Directory.GetFiles(Folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Write_NextNameIsTaken_GoesOnToOneThatIsFree()
    {
        Write("one");
        _folder.Write("index/log-00000002", "mine");
        _folder.Write("index/log-00000003", "mine");
        Write("two");
        Assert.Equal("mine", File.ReadAllText(Path.Combine(Folder, "log-00000002")));
        Assert.Equal("mine", File.ReadAllText(Path.Combine(Folder, "log-00000003")));
        using SparseIndex<string> again = StorageProgram.Open(Folder);
        Assert.Equal(["one", "two"], again.Keys);
    }

    [Fact]
    public void Open_DiedAnywhereInTheFirstOpening_BeginsAnew()
    {
        int flushes = Flushes(() => StorageProgram.Open(_folder.PathOf("count")).Dispose());
        Assert.True(flushes >= 5, $"{flushes} flushes");
        for (int dies = 1; dies <= flushes; dies++)
        {
            string folder = _folder.PathOf($"index {dies}");
            Die(dies, () => StorageProgram.Open(folder).Dispose());
            using SparseIndex<string> sut = StorageProgram.Open(folder);
            sut.Upsert("one", Vector());
            Assert.Equal(["one"], sut.Keys);
            Assert.Equal(["lock", "log", "manifest"], Directory.GetFiles(folder).Select(file => Path.GetFileName(file).Split('-')[0]).Order());
        }
    }

    [Fact]
    public async Task BackupAsync_DiedAnywhere_IsNeverAnIndex()
    {
        using SparseIndex<string> index = StorageProgram.Open(Folder);
        index.Upsert(Enumerable.Range(0, 20).Select(i => ($"key {i}", Vector())));
        index.Upsert("one", Vector());
        await index.WhenMergedAsync();
        int copies = 0;
        int seen = 0;
        DurableFile.Flushing = _ =>
        {
            // As whoever comes after a process that died here.
            string died = _folder.PathOf($"died {seen++}");
            if (Directory.Exists(_folder.PathOf("backup")))
            {
                IndexCopy.Make(_folder.PathOf("backup"), died);
                copies++;
            }
        };
        await index.BackupAsync(_folder.PathOf("backup"));
        DurableFile.Flushing = null;
        Assert.True(copies >= 5, $"{copies} copies");
        foreach (string died in Directory.GetDirectories(_folder.Path, "died *"))
        {
            if (File.Exists(Path.Combine(died, ManifestFile.Name)))
            {
                using SparseIndex<string> whole = StorageProgram.Open(died);
                Assert.Equal(21, whole.Count);
            }
            else
            {
                Assert.Contains("a copy that was not finished", Refusal(() => StorageProgram.Open(died)), StringComparison.Ordinal);
            }
        }

        using SparseIndex<string> copy = StorageProgram.Open(_folder.PathOf("backup"));
        Assert.Equal(index.Keys, copy.Keys);
    }

    [Fact]
    public void Delete_DiedAnywhere_IsNoIndexAndCanBeMadeAndDeletedAgain()
    {
        string count = Filled("count");
        int flushes = Flushes(() => IndexFolder.Delete(count));
        Assert.True(flushes >= 3, $"{flushes} flushes");
        for (int dies = 1; dies <= flushes; dies++)
        {
            string made = Filled($"made {dies}");
            _folder.Write($"made {dies}/log-20261130", "mine");
            Die(dies, () => IndexFolder.Delete(made));
            Assert.False(IndexFolder.IsIn(made));
            Assert.Contains("Found 'log-20261130'", Refusal(() => StorageProgram.Open(made)), StringComparison.Ordinal);
            File.Delete(Path.Combine(made, "log-20261130"));
            using (SparseIndex<string> sut = StorageProgram.Open(made))
            {
                Assert.Equal(0, sut.Count);
            }

            string deleted = Filled($"deleted {dies}");
            Die(dies, () => IndexFolder.Delete(deleted));
            IndexFolder.Delete(deleted);
            Assert.False(Directory.Exists(deleted));
        }
    }

    private static SparseVector Vector() => new([1], [1], 7);

    private static string Refusal(Func<IDisposable> open) => Assert.Throws<SearchStorageException>(() => open().Dispose()).Message;

    private static int Flushes(Action work)
    {
        int flushes = 0;
        DurableFile.Flushing = _ => flushes++;
        work();
        DurableFile.Flushing = null;
        return flushes;
    }

    // What is written after the flush that throws is not there, as after a death.
    private static void Die(int flush, Action work)
    {
        int flushes = 0;
        DurableFile.Flushing = _ =>
        {
            if (++flushes == flush)
            {
                throw new OperationCanceledException("died");
            }
        };

        // What cannot be closed is not said: the next opening finds out.
        Exception? e = Record.Exception(work);
        Assert.True(flushes >= flush && (e is null || (e.InnerException ?? e) is OperationCanceledException), $"{e}");
        DurableFile.Flushing = null;
    }

    private void Write(string key)
    {
        using SparseIndex<string> index = StorageProgram.Open(Folder);
        index.Upsert(key, Vector());
    }

    private string Filled(string name)
    {
        using SparseIndex<string> index = StorageProgram.Open(_folder.PathOf(name));
        index.Upsert(Enumerable.Range(0, 20).Select(i => ($"key {i}", Vector())));
        index.Upsert("one", Vector());
        return _folder.PathOf(name);
    }
}
