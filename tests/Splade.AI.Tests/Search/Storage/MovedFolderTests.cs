using Splade.AI.Search;

namespace Splade.AI.Tests.Search.Storage;

/// <summary>Folders that are renamed or deleted while an index has them open, which Windows does not allow.</summary>
public sealed class MovedFolderTests : IDisposable
{
    private static readonly SparseVector Vector = new([1], [1], 7);

    private readonly TemporaryFolder _folder = new();

    private string Folder => _folder.PathOf("index");

    private string Moved => _folder.PathOf("moved");

    public void Dispose() => _folder.Dispose();

    [UnixFact]
    public async Task Write_FolderMovedAndAnotherIndexInItsPlace_TouchesNothingOfIt()
    {
        SparseIndex<string> first = StorageProgram.Open(Folder);
        first.Upsert("a0", Vector);
        Directory.Move(Folder, Moved);
        using (SparseIndex<string> second = StorageProgram.Open(Folder))
        {
            for (int i = 0; i < 50; i++)
            {
                second.Upsert($"b{i}", Vector);
            }

            Assert.Contains("moved or deleted", (await Assert.ThrowsAsync<SearchStorageException>(() => first.ForceMergeAsync())).Message, StringComparison.Ordinal);
            Assert.Contains("moved or deleted", Refusal(() => first.Upsert("a1", Vector)), StringComparison.Ordinal);
            Assert.Contains("moved or deleted", Refusal(() => first.Upsert(Enumerable.Range(0, 30).Select(i => ($"a{i}", Vector)))), StringComparison.Ordinal);
            await Assert.ThrowsAsync<SearchStorageException>(() => first.BackupAsync(_folder.PathOf("backup")));
            await Assert.ThrowsAsync<SearchStorageException>(() => first.VerifyAsync());
            for (int i = 50; i < 60; i++)
            {
                second.Upsert($"b{i}", Vector);
            }

            first.Dispose();
        }

        using SparseIndex<string> there = StorageProgram.Open(Folder);
        Assert.Equal(Enumerable.Range(0, 60).Select(i => $"b{i}").Order(), there.Keys.Order());
        using SparseIndex<string> moved = StorageProgram.Open(Moved);
        Assert.Equal(["a0"], moved.Keys);
    }

    [UnixFact]
    public void Dispose_FolderMovedAndMadeAnew_WritesNothingThere()
    {
        SparseIndex<string> first = StorageProgram.Open(Folder);
        first.Upsert("a0", Vector);
        Directory.Move(Folder, Moved);
        Directory.CreateDirectory(Folder);

        first.Dispose();

        Assert.Empty(Directory.EnumerateFileSystemEntries(Folder));
        using SparseIndex<string> moved = StorageProgram.Open(Moved);
        Assert.Equal(["a0"], moved.Keys);
    }

    [UnixFact]
    public void Write_FolderMovedWithALogOfManyRecords_IsRefusedAndAllIsThere()
    {
        using (SparseIndex<string> first = StorageProgram.Open(Folder))
        {
            first.Upsert("a0", Vector);
            Directory.Move(Folder, Moved);
            StorageProgram.Open(Folder).Dispose();
            Assert.Contains("moved or deleted", Refusal(() => first.Upsert("a1", Vector)), StringComparison.Ordinal);

            // Not even where it is now: what was refused in between may be there.
            Directory.Delete(Folder, recursive: true);
            Directory.Move(Moved, Folder);
            Assert.Contains("Close the index", Refusal(() => first.Remove("a0")), StringComparison.Ordinal);
        }

        using SparseIndex<string> again = StorageProgram.Open(Folder);
        Assert.True(again.Contains("a0"));
    }

    [UnixFact]
    public async Task Write_FolderDeleted_IsRefusedAtOnce()
    {
        using SparseIndex<string> sut = StorageProgram.Open(Folder);
        sut.Upsert("a0", Vector);
        Directory.Delete(Folder, recursive: true);
        Assert.Contains("moved or deleted", Refusal(() => sut.Upsert("a1", Vector)), StringComparison.Ordinal);
        Assert.Contains("moved or deleted", Refusal(() => sut.Remove("a0")), StringComparison.Ordinal);
        Assert.Contains("moved or deleted", Refusal(() => sut.Upsert(Enumerable.Range(0, 30).Select(i => ($"a{i}", Vector)))), StringComparison.Ordinal);
        await Assert.ThrowsAsync<SearchStorageException>(() => sut.ForceMergeAsync());
        await Assert.ThrowsAsync<SearchStorageException>(() => sut.VerifyAsync());
        await Assert.ThrowsAsync<SearchStorageException>(() => sut.BackupAsync(_folder.PathOf("backup")));
    }

    [UnixFact]
    public async Task Optimize_FolderDeletedBeforeAnyWrite_IsAStorageError()
    {
        using (SparseIndex<string> index = StorageProgram.Open(Folder))
        {
            index.Upsert("a0", Vector);
        }

        using SparseIndex<string> sut = StorageProgram.Open(Folder);
        Directory.Delete(Folder, recursive: true);
        await Assert.ThrowsAsync<SearchStorageException>(() => sut.ForceMergeAsync());
        await Assert.ThrowsAsync<SearchStorageException>(() => sut.VerifyAsync());
        Assert.Throws<SearchStorageException>(() => sut.Upsert("a1", Vector));
    }

    [UnixFact]
    public void Write_LockDeleted_IsRefused()
    {
        using SparseIndex<string> sut = StorageProgram.Open(Folder);
        File.Delete(Path.Combine(Folder, "lock"));
        Assert.Contains("its file 'lock' was", Refusal(() => sut.Upsert("a1", Vector)), StringComparison.Ordinal);
    }

    private static string Refusal(Action write) => Assert.Throws<SearchStorageException>(write).Message;
}
