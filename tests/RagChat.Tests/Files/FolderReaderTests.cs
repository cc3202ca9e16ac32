using RagChat.Files;

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
    public async Task Read_NameWithControlCharacters_IsSaidOnOneLine()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        _folder.Write("good.md", "text");
        _folder.Write("x.a\e[31m\nb", "no");

        Assert.Equal(["1 file of another kind: .a\uFFFD[31m\uFFFDb"], (await ReadAsync()).Remarks);
    }

    [Fact]
    public async Task Read_OnlyOtherKinds_SaysWhichThereAre()
    {
        _folder.Write("a.html", "no");

        var e = await Assert.ThrowsAsync<InvalidDataException>(ReadAsync);

        Assert.EndsWith("holds no .md, .markdown or .txt file. It has 1 file of another kind: .html.", e.Message);
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
}
