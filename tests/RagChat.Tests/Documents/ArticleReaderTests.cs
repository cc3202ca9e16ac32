using RagChat.Documents;

namespace RagChat.Tests.Documents;

public sealed class ArticleReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Read_Folder_MakesArticlesByWhatTheFilesAre()
    {
        _folder.Write("b.md", "# B\n\nText.");
        _folder.Write("c.MARKDOWN", "# C\n\n*Text*.");
        _folder.Write("sub/a.txt", "# one\r\ntwo");

        ArticleCollection read = await ReadAsync();

        Assert.Equal(
            ["b|B|Text.", "c|C|Text.", "sub/a|a|# one\ntwo"],
            read.Articles.Select(a => $"{a.Id}|{a.Outline.Title}|{Assert.Single(a.Outline.Sections).Text}"));
        Assert.Empty(read.Skipped);
        Assert.Empty(read.Remarks);
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
    public async Task Read_MarkdownAboveItsLimit_IsReadAsPlainTextAndSaid()
    {
        _folder.Write("a.md", "# A\n\n" + string.Concat(Enumerable.Repeat("A refund takes 5 days.\n", 100_000)));

        ArticleCollection read = await ReadAsync();

        Assert.StartsWith("# A\n", Assert.Single(Assert.Single(read.Articles).Outline.Sections).Text);
        Assert.Equal(["the structure of a.md, which is read as plain text: Markdown of more than 2 MB"], read.Remarks);
    }

    [Fact]
    public async Task Read_Cancelled_Throws()
    {
        _folder.Write("a.md", "text");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ArticleReader.ReadAsync(_folder.Path, new CancellationToken(canceled: true)));
    }

    private Task<ArticleCollection> ReadAsync() => ArticleReader.ReadAsync(_folder.Path, default);
}
