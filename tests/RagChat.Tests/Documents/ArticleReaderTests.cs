using System.Text;
using RagChat.Documents;
using RagChat.Tests.TestDoubles;

namespace RagChat.Tests.Documents;

public sealed class ArticleReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Read_Folder_FindsTextFilesInSubfoldersOrderedById()
    {
        _folder.Write("b.md", "# B");
        _folder.Write("sub/a.txt", "one\r\ntwo");
        _folder.Write("picture.png", "no");
        _folder.Write(".git/hidden.md", "no");

        ArticleCollection read = await ReadAsync();

        Assert.Equal([new Article("b", "# B", IsMarkdown: true), new Article("sub/a", "one\ntwo", IsMarkdown: false)], read.Articles);
        Assert.Empty(read.Skipped);
    }

    [Fact]
    public async Task Read_NamesThatDifferInTheExtensionOnly_KeepIt()
    {
        _folder.Write("a.md", "x");
        _folder.Write("a.txt", "y");
        _folder.Write("c.txt", "z");

        ArticleCollection read = await ReadAsync();

        Assert.Equal(["a.md", "a.txt", "c"], read.Articles.Select(a => a.Id));
    }

    [Fact]
    public async Task Read_UnreadableFiles_AreReportedWithTheReason()
    {
        _folder.Write("good.md", "text");
        _folder.Write("empty.md", " \n");
        _folder.Write("latin.txt", [0x63, 0x61, 0x66, 0xE9]);
        _folder.Write("zero.txt", [0x61, 0x00, 0x62]);
        _folder.Write("large.txt", new byte[TextFile.MaxBytes + 1]);

        ArticleCollection read = await ReadAsync();

        Assert.Equal(["good"], read.Articles.Select(a => a.Id));
        Assert.Equal(
            ["empty.md: empty", "large.txt: larger than the 10 MB that are read", "latin.txt: not UTF-8 text", "zero.txt: binary data, not text"],
            read.Skipped.Select(s => $"{s.Path}: {s.Reason}"));
    }

    [Fact]
    public async Task Read_FileInExclusiveUse_IsReported()
    {
        _folder.Write("good.md", "text");
        _folder.Write("locked.md", "text");
        using FileStream held = new(_folder.PathOf("locked.md"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        ArticleCollection read = await ReadAsync();

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

        ArticleCollection read = await ReadAsync();

        Assert.Equal([new SkippedFile("secret.md", "permission denied")], read.Skipped);
    }

    [Fact]
    public async Task Read_Utf16WithMark_IsText()
    {
        _folder.Write("wide.txt", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("größer")]);

        ArticleCollection read = await ReadAsync();

        Assert.Equal("größer", Assert.Single(read.Articles).Text);
    }

    [Fact]
    public async Task Read_MissingFolder_Throws()
    {
        var e = await Assert.ThrowsAsync<DirectoryNotFoundException>(() => ArticleReader.ReadAsync(_folder.PathOf("nowhere"), default));

        Assert.Contains("does not exist", e.Message);
    }

    [Fact]
    public async Task Read_NothingReadable_ThrowsWithTheReasons()
    {
        _folder.Write("empty.md", "");

        var e = await Assert.ThrowsAsync<InvalidDataException>(ReadAsync);

        Assert.Contains("empty.md: empty", e.Message);
    }

    [Fact]
    public async Task Read_Cancelled_Throws()
    {
        _folder.Write("a.md", "text");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ArticleReader.ReadAsync(_folder.Path, new CancellationToken(canceled: true)));
    }

    private Task<ArticleCollection> ReadAsync() => ArticleReader.ReadAsync(_folder.Path, default);
}
