using System.Diagnostics;
using Splade.AI.Files;
using Splade.AI.ModelFiles.Hub;
using Splade.AI.Search;
using Splade.AI.Search.Storage;

namespace Splade.AI.Tests.Search.Storage;

/// <summary>Locks that hold whatever the environment says.</summary>
public sealed class FolderLockTests : IDisposable
{
    /// <summary>Switches off the locks of .NET.</summary>
    private static readonly Dictionary<string, string> WithoutLocks = new() { ["DOTNET_SYSTEM_IO_DISABLEFILELOCKING"] = "1" };

    private readonly TemporaryFolder _folder = new();

    private string Folder => _folder.PathOf("index");

    private string File => _folder.PathOf("held.lock");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Take_FolderThatIsTaken_IsRefusedUntilItIsGivenBack()
    {
        using (FolderLock.Take(_folder.Path))
        {
            Assert.Contains("Another index", Assert.Throws<SearchStorageException>(() => FolderLock.Take(_folder.Path)).Message, StringComparison.Ordinal);
        }

        FolderLock.Take(_folder.Path).Dispose();
    }

    [Fact]
    public async Task Open_HeldByAProcessWithoutLocksOfNet_IsRefusedUntilThatEnds()
    {
        using Process process = TestProgram.Start(WithoutLocks, "hold", Folder);
        Assert.Equal("open", await process.StandardOutput.ReadLineAsync());
        Assert.Contains("Another index", Assert.Throws<SearchStorageException>(() => StorageProgram.Open(Folder)).Message, StringComparison.Ordinal);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        StorageProgram.Open(Folder).Dispose();
    }

    [Fact]
    public async Task Open_ByAProcessWithoutLocksOfNet_IsRefused()
    {
        using SparseIndex<string> held = StorageProgram.Open(Folder);
        (int exitCode, _, string error) = await ChildProcess.RunAsync("dotnet", WithoutLocks, TestProgram.Path, "hold", Folder);
        Assert.NotEqual(0, exitCode);
        Assert.Contains("Another index has the folder open", error, StringComparison.Ordinal);
    }

    [Fact]
    public void TryTake_FileThatAnotherStreamHolds_IsNullUntilItIsGivenBack()
    {
        // As earlier versions, and other programs of .NET, hold it.
        using (new FileStream(File, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.Null(FileLock.TryTake(File));
        }

        using (FileLock? held = FileLock.TryTake(File))
        {
            Assert.NotNull(held);
            Assert.Throws<IOException>(() => new FileStream(File, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
    }

    [Fact]
    public async Task AcquireAsync_BlobThatIsHeld_WaitsForIt()
    {
        IDisposable first = await CacheLock.AcquireAsync(File, CancellationToken.None);
        Task<IDisposable> second = CacheLock.AcquireAsync(File, CancellationToken.None);
        Assert.Null(FileLock.TryTake(File));
        Assert.False(second.IsCompleted);
        first.Dispose();
        (await second).Dispose();
    }

    [UnixFact]
    public void TryTake_FileThatHasGoneMeanwhile_IsNotInPlace()
    {
        using FileLock held = FileLock.TryTake(File)!;
        Assert.True(held.IsInPlace);
        System.IO.File.Move(File, File + ".moved");
        Assert.False(held.IsInPlace);
        using FileLock other = FileLock.TryTake(File)!;
        Assert.False(held.IsInPlace);
        Assert.True(other.IsInPlace);
    }
}
