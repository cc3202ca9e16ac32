using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using RagChat.Files;
using RagChat.Tests.TestDoubles;

namespace RagChat.Tests.Files;

public sealed class FolderReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Read_Folder_FindsTextFilesInSubfoldersOrderedByPath()
    {
        _folder.Write("sub/a.txt", "one\r\ntwo");
        _folder.Write("b.md", "# B");
        _folder.Write("c.Markdown", "# C");

        FolderContents read = await ReadAsync();

        Assert.Equal([new("b.md", "# B", true), new("c.Markdown", "# C", true), new(Path.Combine("sub", "a.txt"), "one\ntwo", false)], read.Texts);
        Assert.Empty(read.Skipped);
        Assert.Empty(read.Remarks);
    }

    [Fact]
    public async Task Read_FoldersOfToolsAndOtherKinds_ArePassedOverAndCounted()
    {
        _folder.Write("good.md", "text");
        foreach (string tool in (string[])[".git", ".venv", "node_modules", "web/node_modules", "src/bin", "src/obj"])
        {
            _folder.Write($"{tool}/readme.md", "no");
        }

        foreach (string other in (string[])["a.html", "b.HTML", "c.docx", "d.pdf", "LICENSE", "sub/e.docx", "f.docx"])
        {
            _folder.Write(other, "no");
        }

        FolderContents read = await ReadAsync();

        Assert.Equal(["good.md"], read.Texts.Select(t => t.Path));
        Assert.Equal(
            ["6 folders of tools or hidden: node_modules (2), .git, .venv, bin, obj", "7 files of other kinds: .docx (3), .html (2), .pdf, without extension"],
            read.Remarks);
    }

    [Fact]
    public async Task Read_OneThingPassedOver_IsSaidInTheSingular()
    {
        _folder.Write("good.md", "text");
        _folder.Write(".git/a.md", "no");
        _folder.Write("a.html", "no");

        Assert.Equal(["1 folder of tools or hidden: .git", "1 file of another kind: .html"], (await ReadAsync()).Remarks);
    }

    [Fact]
    public async Task Read_ManyKinds_NamesTheMostFrequent()
    {
        _folder.Write("good.md", "text");
        for (int i = 0; i < 30; i++)
        {
            _folder.Write($"x.k{i:D2}", "no");
        }

        _folder.Write("y.k29", "no");

        Assert.Equal(
            ["31 files of other kinds: .k29 (2), .k00, .k01, .k02, .k03, .k04, .k05, .k06 and 22 more"], (await ReadAsync()).Remarks);
    }

    [Fact]
    public async Task Read_TheFolderThatWasNamed_IsReadWhateverItIsCalled()
    {
        _folder.Write(".hidden/bin/a.md", "text");

        FolderContents read = await FolderReader.ReadAsync(_folder.PathOf(".hidden/bin"));

        Assert.Equal(["a.md"], read.Texts.Select(t => t.Path));
    }

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

    [Theory]
    [InlineData(3, 1_000, 3)]
    [InlineData(100, 20, 2)]
    public async Task Read_MoreThanTheLimits_SaysWhatIsLeftOut(int files, int bytes, int expected)
    {
        for (int i = 0; i < 5; i++)
        {
            _folder.Write($"{i}.md", "ten bytes.");
        }

        FolderContents read = await FolderReader.ReadAsync(_folder.Path, new FolderLimits(files, bytes));

        Assert.Equal(expected, read.Texts.Count);
        Assert.Equal([$"{5 - expected} files after '{expected - 1}.md': no more than {files} files and 0 MB are read"], read.Remarks);
    }

    [Fact]
    public async Task Read_OnlyOtherKinds_SaysWhichThereAre()
    {
        _folder.Write("a.html", "no");

        var e = await Assert.ThrowsAsync<InvalidDataException>(ReadAsync);

        Assert.EndsWith("holds no .md, .markdown or .txt file. It has 1 file of another kind: .html.", e.Message);
    }

    [Fact]
    public async Task Read_UnreadableFiles_AreReportedWithTheReason()
    {
        _folder.Write("good.md", "text");
        _folder.Write("empty.md", " \n");
        _folder.Write("hollow.md", "");
        _folder.Write("latin.txt", [0x63, 0x61, 0x66, 0xE9]);
        _folder.Write("zero.txt", [0x61, 0x00, 0x62]);
        _folder.Write("large.txt", new byte[TextFile.MaxBytes + 1]);

        FolderContents read = await ReadAsync();

        Assert.Equal(["good.md"], read.Texts.Select(t => t.Path));
        Assert.Equal(
            ["empty.md: empty: it has white space only", "hollow.md: empty, or not a regular file", "large.txt: larger than the 10 MB that are read", "latin.txt: not UTF-8 text", "zero.txt: binary data, not text"],
            read.Skipped.Select(s => $"{s.Path}: {s.Reason}"));
    }

    [Fact]
    public async Task Read_FileInExclusiveUse_IsReported()
    {
        _folder.Write("good.md", "text");
        _folder.Write("locked.md", "text");
        using FileStream held = new(_folder.PathOf("locked.md"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        FolderContents read = await ReadAsync();

        Assert.Equal("locked.md", Assert.Single(read.Skipped).Path);
    }

    [Fact]
    public async Task Read_FileWithoutPermission_IsReported()
    {
        // Administrators read everything, and Windows knows no such mode.
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            return;
        }

        _folder.Write("good.md", "text");
        _folder.Write("secret.md", "text");
        File.SetUnixFileMode(_folder.PathOf("secret.md"), UnixFileMode.None);

        FolderContents read = await ReadAsync();

        Assert.Equal([new SkippedFile("secret.md", "permission denied")], read.Skipped);
    }

    [Fact]
    public async Task Read_Utf16WithMark_IsText()
    {
        _folder.Write("wide.txt", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("größer")]);

        FolderContents read = await ReadAsync();

        Assert.Equal("größer", Assert.Single(read.Texts).Text);
    }

    [Fact]
    public async Task Read_MissingFolder_Throws()
    {
        var e = await Assert.ThrowsAsync<DirectoryNotFoundException>(() => FolderReader.ReadAsync(_folder.PathOf("nowhere")));

        Assert.Contains("does not exist", e.Message);
    }

    [Fact]
    public async Task Read_NothingReadable_ThrowsWithTheReasons()
    {
        _folder.Write("empty.md", "");

        var e = await Assert.ThrowsAsync<InvalidDataException>(ReadAsync);

        Assert.Contains("empty.md: empty", e.Message);
    }

    private Task<FolderContents> ReadAsync() => FolderReader.ReadAsync(_folder.Path);

    private static IEnumerable<string> Reasons(FolderContents read) => read.Skipped.Select(s => $"{s.Path}: {s.Reason}");
}
