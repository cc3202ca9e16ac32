using Splade.AI.Files;
using Splade.AI.Tests.TestData;

namespace Splade.AI.Tests.Files;

public sealed class RegularFileTests
{
    [Fact]
    public void ReadAllBytes_File_ReturnsThem()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "a");
        File.WriteAllBytes(path, [1, 2, 3]);
        Assert.Equal([1, 2, 3], RegularFile.ReadAllBytes(path, 3));
    }

    [Fact]
    public void Open_LargerThanItMayBe_SaysBothSizes()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "a");
        File.WriteAllBytes(path, [1, 2, 3]);
        var e = Assert.Throws<UnsuitableFileException>(() => RegularFile.Open(path, maxLength: 2));
        Assert.Equal("Found 3 bytes, expected at most 2. Put the right file there.", e.Message);
    }

    [Fact]
    public void Open_NothingThere_SaysSo()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<FileNotFoundException>(() => RegularFile.Open(Path.Combine(folder.Path, "a")));
    }

    [Fact]
    public void Open_Folder_IsRefused()
    {
        using var folder = new TemporaryFolder();
        Assert.StartsWith("Found a folder", Assert.Throws<UnsuitableFileException>(() => RegularFile.Open(folder.Path)).Message);
    }

    [UnixFact]
    public void Open_PipeOrDevice_IsRefusedAtOnce()
    {
        using var folder = new TemporaryFolder();
        string pipe = Path.Combine(folder.Path, "pipe");
        string zeros = Path.Combine(folder.Path, "zeros");
        NamedPipe.Make(pipe);
        File.CreateSymbolicLink(zeros, "/dev/zero");
        Assert.StartsWith("Found a named pipe", Assert.Throws<UnsuitableFileException>(() => RegularFile.OpenRead(pipe)).Message);
        Assert.StartsWith("Found a device", Assert.Throws<UnsuitableFileException>(() => RegularFile.ReadAllBytes(zeros, 10)).Message);
    }
}
