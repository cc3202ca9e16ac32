using Microsoft.Win32.SafeHandles;
using Splade.AI.Files;
using Splade.AI.Tests.TestData;

namespace Splade.AI.Tests.Files;

public sealed class FileStatusTests
{
    [Fact]
    public void Of_FileByNameAndByHandle_IsTheSame()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "a");
        File.WriteAllText(path, "four");
        using SafeFileHandle file = File.OpenHandle(path);

        FileStatus status = FileStatus.Of(path)!.Value;

        Assert.Equal((FileKind.Regular, 4L, 1L), (status.Kind, status.Length, status.Links));
        Assert.Equal(status, FileStatus.Of(file));
    }

    [Fact]
    public void Of_NothingThere_IsNull()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "a"), "");
        Assert.Null(FileStatus.Of(Path.Combine(folder.Path, "b")));
        Assert.Null(FileStatus.Of(Path.Combine(folder.Path, "a", "b")));
    }

    [Fact]
    public void IsSameFileAs_RenamedAndReplaced_TellsThemApart()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "a");
        File.WriteAllText(path, "1");
        FileStatus before = FileStatus.Of(path)!.Value;
        File.Move(path, path + "-moved");
        File.WriteAllText(path, "1");
        Assert.True(before.IsSameFileAs(FileStatus.Of(path + "-moved")!.Value));
        Assert.False(before.IsSameFileAs(FileStatus.Of(path)!.Value));
    }

    [UnixFact]
    public void Of_DeletedWhileOpen_HasNoLinks()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "a");
        File.WriteAllText(path, "1");
        using SafeFileHandle file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
        File.Delete(path);
        Assert.Equal(0, FileStatus.Of(file).Links);
    }

    [UnixFact]
    public void Of_FoldersDevicesPipesAndLinks_SaysWhatTheyAre()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "a");
        NamedPipe.Make(path);
        File.CreateSymbolicLink(path + "-link", "/dev/zero");
        Assert.Equal(
            [FileKind.Folder, FileKind.Pipe, FileKind.Device, FileKind.Device],
            new[] { folder.Path, path, "/dev/null", path + "-link" }.Select(p => FileStatus.Of(p)!.Value.Kind));
    }
}
