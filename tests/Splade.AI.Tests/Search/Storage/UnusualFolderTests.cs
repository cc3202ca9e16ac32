using System.Diagnostics;
using Splade.AI.Search;
using Splade.AI.Search.Storage;

namespace Splade.AI.Tests.Search.Storage;

/// <summary>Folders that hold half of an index, or more than one; large records, and paths that change their meaning.</summary>
public sealed class UnusualFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Folder => _folder.PathOf("index");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task BackupAsync_Cancelled_LeavesNoIndex()
    {
        using SparseIndex<string> sut = StorageProgram.Open(Folder);
        sut.Upsert("one", new SparseVector([1], [1], 7));
        string copy = _folder.PathOf("copy");
        using var cancelled = new CancellationTokenSource();
        var progress = new CancellingProgress(cancelled);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sut.BackupAsync(copy, progress, new CancellationToken(canceled: true)));
        sut.Upsert(Enumerable.Range(0, 100).Select(i => ($"key {i}", new SparseVector([i % 7], [1], 7))));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sut.BackupAsync(copy, progress, cancelled.Token));
        Assert.Contains("a copy that was not finished", Refusal(() => StorageProgram.Open(copy)), StringComparison.Ordinal);
        Assert.Contains("not empty", (await Assert.ThrowsAsync<SearchStorageException>(() => sut.BackupAsync(copy))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_LogWithoutManifest_IsRefusedAndStays()
    {
        using (SparseIndex<string> index = StorageProgram.Open(Folder))
        {
            index.Upsert("one", new SparseVector([1], [1], 7));
        }

        File.Delete(Path.Combine(Folder, ManifestFile.Name));
        Assert.Contains("Found 'log-00000001', but no 'manifest'", Refusal(() => StorageProgram.Open(Folder)), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Folder, "log-00000001")));
    }

    [Fact]
    public void Upsert_BatchOfManyBytes_BecomesASegment()
    {
        // Of 20 MB, in less vectors than make a segment.
        SparseVector[] vectors = [.. Enumerable.Range(0, 20).Select(i => new SparseVector([.. Enumerable.Range(0, 130_000)], [.. Enumerable.Repeat(i + 0.1f, 130_000)], 130_000))];
        using (SparseIndex<int> sut = SparseIndex.Open<int>(Folder))
        {
            sut.Upsert(vectors.Select((vector, i) => (i, vector)));
            Assert.InRange(new FileInfo(Assert.Single(Directory.GetFiles(Folder, "log-*"))).Length, 0, 1000);
        }

        using SparseIndex<int> again = SparseIndex.Open<int>(Folder);
        Assert.All(vectors.Index(), item => Assert.True(again.TryGet(item.Index, out SparseVector? held) && held.Equals(item.Item)));
    }

    [Fact]
    public async Task Open_RelativePath_StaysWhereItWas()
    {
        using Process child = TestProgram.Start("wander", _folder.Path);
        string said = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        Assert.Equal((0, "1101 5"), (child.ExitCode, said.Trim()));
    }

    private static string Refusal(Func<IDisposable> open) => Assert.Throws<SearchStorageException>(() => open().Dispose()).Message;

    private sealed class CancellingProgress(CancellationTokenSource source) : IProgress<long>
    {
        public void Report(long value) => source.Cancel();
    }
}
