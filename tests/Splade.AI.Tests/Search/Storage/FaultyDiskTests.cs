using Microsoft.Win32.SafeHandles;
using Splade.AI.Files;
using Splade.AI.Search;
using Splade.AI.Search.Segments;
using Splade.AI.Search.Sparse;
using Splade.AI.Search.Storage;

namespace Splade.AI.Tests.Search.Storage;

/// <summary>Disks that do not keep what they are told to, and power cuts between two steps.</summary>
public sealed class FaultyDiskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Folder => _folder.PathOf("index");

    public void Dispose()
    {
        DurableFile.Flushing = null;
        _folder.Dispose();
    }

    [Fact]
    public void Flush_FileThatCannotBeFlushed_Throws()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using SafeFileHandle device = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.Write);
        Assert.Throws<IOException>(() => DurableFile.Flush(device, "/dev/null"));
    }

    [Fact]
    public void Upsert_LogCannotBeFlushed_IsNotAcknowledgedAndEndsWriting()
    {
        using (SparseIndex<string> sut = StorageProgram.Open(Folder))
        {
            sut.Upsert("before", Vector(1));
            Fail(path => IsLog(path));
            Assert.Contains("could not be brought to the disk", Refusal(() => sut.Upsert("lost", Vector(2))), StringComparison.Ordinal);
            DurableFile.Flushing = null;
            Assert.Contains("open it again", Refusal(() => sut.Upsert("later", Vector(3))), StringComparison.Ordinal);
        }

        using SparseIndex<string> again = StorageProgram.Open(Folder);
        Assert.True(again.Contains("before"));
        Assert.False(again.Contains("later"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Upsert_AnyFlushOfACommitFails_KeepsWhatWasAcknowledged(int fails)
    {
        bool isAcknowledged = false;
        using (SparseIndex<string> sut = StorageProgram.Open(Folder))
        {
            sut.Upsert(Batch("before", 20));
            sut.Upsert("one", Vector(1));
            int flush = 0;
            Fail(_ => Interlocked.Increment(ref flush) == fails);
            try
            {
                sut.Upsert(Batch("after", 20));
                isAcknowledged = true;
            }
            catch (SearchStorageException)
            {
                // Whether it is there is not known.
            }

            Assert.True(flush >= Math.Min(fails, 5), $"{flush} flushes");
            DurableFile.Flushing = null;
        }

        using SparseIndex<string> again = StorageProgram.Open(Folder);
        Assert.True(again.Contains("one"));
        Assert.Equal(20, again.Keys.Count(key => key.StartsWith("before", StringComparison.Ordinal)));
        int after = again.Keys.Count(key => key.StartsWith("after", StringComparison.Ordinal));
        Assert.True(after == 20 || (after == 0 && !isAcknowledged), $"{after} of an upsert that was {(isAcknowledged ? "" : "not ")}acknowledged");
        again.Upsert("more", Vector(2));
    }

    [Theory]
    [InlineData("open")]
    [InlineData("upsert")]
    [InlineData("seal")]
    [InlineData("optimize")]
    [InlineData("backup")]
    [InlineData("delete")]
    public async Task Write_AnyFlushRefusedByTheSystem_IsAStorageError(string what)
    {
        bool isOver = false;
        for (int fails = 1; !isOver; fails++)
        {
            string folder = _folder.PathOf($"{what} {fails}");
            SparseIndex<string>? sut = what == "open" ? null : StorageProgram.Open(folder);
            sut?.Upsert(Batch("before", 20));
            sut?.Upsert("one", Vector(1));
            await (sut?.WhenMergedAsync() ?? Task.CompletedTask);
            int flush = 0;
            DurableFile.Flushing = path =>
            {
                if (++flush == fails)
                {
                    throw new UnauthorizedAccessException($"Access to '{path}' is denied.");
                }
            };
            Exception? e = await Record.ExceptionAsync(() => what switch
            {
                "open" => Task.Run(() => StorageProgram.Open(folder).Dispose()),
                "upsert" => Task.Run(() => sut!.Upsert("two", Vector(2))),
                "seal" => Task.Run(() => sut!.Upsert(Batch("after", 20))),
                "optimize" => sut!.ForceMergeAsync(),
                "backup" => sut!.BackupAsync(folder + " copy"),
                _ => Task.Run(() =>
                {
                    sut!.Dispose();
                    IndexFolder.Delete(folder);
                }),
            });
            DurableFile.Flushing = null;
            sut?.Dispose();

            // What cannot be closed is not said: the next opening finds out.
            isOver = flush < fails;
            Assert.True(e is SearchStorageException || (e is null && (isOver || what is "open" or "delete")), $"Flush {fails}: {e}");
            Assert.False(isOver && fails == 1);
        }
    }

    [Fact]
    public async Task Merge_WhileALogIsBeingFlushed_WaitsForIt()
    {
        using SparseIndex<string> sut = StorageProgram.Open(Folder);
        sut.Upsert(Batch("old", 12));
        await sut.WhenMergedAsync();
        using var mayGoOn = new ManualResetEventSlim();
        using var flushesLog = new ManualResetEventSlim();
        int manifests = 0, logs = 0;
        DurableFile.Flushing = path =>
        {
            if (IsLog(path) && Interlocked.Increment(ref logs) == 1)
            {
                flushesLog.Set();
                mayGoOn.Wait();
            }
            else if (Path.GetFileName(path) == ManifestFile.Name)
            {
                Interlocked.Increment(ref manifests);
            }
        };

        // More than half of the segment goes, so that it is rewritten without these rows: before the log that has them is on the disk.
        Task writing = Task.Run(() => sut.Upsert(Batch("old", 7)));
        flushesLog.Wait();
        await Task.WhenAny(writing, Task.Delay(500));
        int early = Volatile.Read(ref manifests);
        mayGoOn.Set();
        await writing;
        Assert.Equal(0, early);
        await sut.WhenMergedAsync();
        Assert.Equal(12, sut.Count);
    }

    [Fact]
    public void Upsert_SegmentThatCannotBeWritten_GivesTheRoomBackThatItWasPutTogetherIn()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var table = new SegmentedTable<string, SparseVector>(new SparseSegments()) { TableRows = 8, MostInMemory = 0 };
        table.Open(Folder, new SearchIndexOptions(), CancellationToken.None);
        using var sut = new SparseIndex<string>(new SearchIndexOptions(), table);
        int segments = 0;

        // The room is the first.
        Fail(path => Path.GetFileName(path).StartsWith("segment-", StringComparison.Ordinal) && ++segments == 2);
        Refusal(() => sut.Upsert(Batch("key", 200)));
        Assert.Equal(2, segments);
        Assert.DoesNotContain(File.ReadLines("/proc/self/maps"), line => line.Contains(Folder, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(22)]
    [InlineData(95)]
    public void Reserve_FileSystemThatReservesNothing_WritesZeros(int error)
    {
        string path = _folder.PathOf("room");
        using SafeFileHandle file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite);
        RandomAccess.Write(file, "head"u8, 0);
        DurableFile.Reserve(file, 4, 3_000_000, path, (_, _, _) => error);
        Assert.Equal(3_000_004, RandomAccess.GetLength(file));
    }

    [Fact]
    public void Reserve_Interrupted_IsTriedAgain()
    {
        string path = _folder.PathOf("room");
        using SafeFileHandle file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite);
        int tries = 0;
        DurableFile.Reserve(file, 0, 4096, path, (_, _, _) => ++tries < 3 ? UnixMode.Interrupted : 0);
        Assert.Equal(3, tries);
        Assert.Equal(28, Assert.Throws<IOException>(() => DurableFile.Reserve(file, 0, 4096, path, (_, _, _) => 28)).HResult);
    }

    [Fact]
    public void Open_RefusedFolder_GivesItsMapsBack()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using (SparseIndex<string> index = StorageProgram.Open(Folder))
        {
            index.Upsert(Batch("key", 200));
        }

        File.Delete(Assert.Single(Directory.GetFiles(Folder, "log-*")));
        Assert.Throws<SearchStorageException>(() => StorageProgram.Open(Folder));
        Assert.DoesNotContain(File.ReadLines("/proc/self/maps"), line => line.Contains(Folder, StringComparison.Ordinal));
    }

    private static void Fail(Predicate<string> isIt) =>
        DurableFile.Flushing = path =>
        {
            if (isIt(path))
            {
                throw new IOException("Input/output error.");
            }
        };

    private static bool IsLog(string path) => Path.GetFileName(path).StartsWith("log-", StringComparison.Ordinal);

    private static string Refusal(Action write) => Assert.Throws<SearchStorageException>(write).Message;

    private static IEnumerable<(string Key, SparseVector Vector)> Batch(string name, int count) => Enumerable.Range(0, count).Select(i => ($"{name} {i}", Vector(i)));

    private static SparseVector Vector(int i) => new([i % 7], [1 + i], 7);
}
