using System.Diagnostics;
using System.Net.Sockets;
using RagChat.Files;

namespace RagChat.Tests.Files;

/// <summary>Pipes, devices, sockets and links in a folder.</summary>
public sealed class SpecialFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Read_SpecialFiles_AreSkippedAndNotOpened()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        _folder.Write("good.md", "Refunds take 5 days.");
        await Process.Start("mkfifo", _folder.PathOf("notes.md"))!.WaitForExitAsync();
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_folder.PathOf("socket.txt")));
        File.CreateSymbolicLink(_folder.PathOf("pipe.md"), _folder.PathOf("notes.md"));

        FolderContents read = await ReadAsync();

        Assert.Equal(["good.md"], read.Texts.Select(t => t.Path));
        Assert.Equal(
            ["notes.md: empty, or not a regular file", "pipe.md: empty, or not a regular file", "socket.txt: empty, or not a regular file"], Reasons(read));
    }

    [Fact]
    public async Task Read_Links_AreReadOnlyIfTheyStayInside()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var outside = new TemporaryFolder();
        outside.Write("secret.md", "secret");
        _folder.Write("good.md", "text");
        _folder.Write(".data/real.md", "linked");
        Directory.CreateSymbolicLink(_folder.PathOf(".data/out"), outside.Path);
        Directory.CreateSymbolicLink(_folder.PathOf("circle"), _folder.Path);
        File.CreateSymbolicLink(_folder.PathOf("inside.md"), _folder.PathOf(".data/real.md"));
        File.CreateSymbolicLink(_folder.PathOf("outside.md"), outside.PathOf("secret.md"));
        File.CreateSymbolicLink(_folder.PathOf("roundabout.md"), Path.Combine(".data", "out", "secret.md"));
        File.CreateSymbolicLink(_folder.PathOf("device.md"), "/dev/zero");
        File.CreateSymbolicLink(_folder.PathOf("broken.md"), "nowhere");
        File.CreateSymbolicLink(_folder.PathOf("loop.md"), "loop.md");
        File.CreateSymbolicLink(_folder.PathOf("deep.md"), "deep.md/deep.md");

        FolderContents read = await ReadAsync();

        Assert.Equal(["good.md", "inside.md"], read.Texts.Select(t => t.Path));
        Assert.Equal(
            ["broken.md: the file does not exist (a broken link?)", "deep.md: its links lead in a circle", "device.md: a link out of the folder",
             "loop.md: its links lead in a circle", "outside.md: a link out of the folder", "roundabout.md: a link out of the folder"],
            Reasons(read));
        Assert.Equal(["1 folder of tools or hidden: .data", "1 link to a folder: circle"], read.Remarks);
    }

    [Fact]
    public async Task Read_FolderThatIsALink_IsReadAsTheFolderItLeadsTo()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var other = new TemporaryFolder();
        other.Write("a.md", "text");
        Directory.CreateSymbolicLink(_folder.PathOf("link"), other.Path);

        Assert.Single((await FolderReader.ReadAsync(_folder.PathOf("link"))).Texts);
    }

    private Task<FolderContents> ReadAsync() => FolderReader.ReadAsync(_folder.Path);

    private static IEnumerable<string> Reasons(FolderContents read) => read.Skipped.Select(s => $"{s.Path}: {s.Reason}");
}
