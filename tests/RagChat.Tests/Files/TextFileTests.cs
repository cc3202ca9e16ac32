using System.Text;
using RagChat.Files;

namespace RagChat.Tests.Files;

/// <summary>What is text, seen through the reader of a folder.</summary>
public sealed class TextFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

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
            ["empty.md: empty: it has white space only", "hollow.md: empty, or not a regular file",
             "large.txt: larger than the 10 MB that are read", "latin.txt: not UTF-8 text", "zero.txt: binary data, not text"],
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

    private Task<FolderContents> ReadAsync() => FolderReader.ReadAsync(_folder.Path);
}
