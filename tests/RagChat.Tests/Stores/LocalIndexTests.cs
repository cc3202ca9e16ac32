using RagChat.Answering;
using RagChat.Documents;
using RagChat.Stores;
using RagChat.Tests.TestDoubles;
using Splade.AI.Hybrid;

namespace RagChat.Tests.Stores;

/// <summary>The index that is kept between two starts: whatever happens to it, the program answers.</summary>
public sealed class LocalIndexTests : IDisposable
{
    private static readonly string[] OtherVocabulary = [.. Libraries.Vocabulary, "coffee"];

    private readonly TemporaryFolder _folder = new();

    private string Index => _folder.PathOf("data/index");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Build_SecondTime_EncodesNothing()
    {
        Assert.Equal((4, 0), await BuildAsync());
        Assert.Equal((0, 4), await BuildAsync());
    }

    [Fact]
    public async Task Build_ChangedDocuments_EncodesWhatChanged()
    {
        await BuildAsync();
        Article[] changed = [.. Libraries.Articles[..^1], Article.OfPlainText("noise", "A noise is water in the tank.")];
        Assert.Equal((1, 3), await BuildAsync(articles: changed));
    }

    [Fact]
    public async Task Open_IndexOfOtherModels_MakesItAgain()
    {
        await BuildAsync();
        Assert.Equal((4, 0), await BuildAsync(OtherVocabulary));
        Assert.Equal((0, 4), await BuildAsync(OtherVocabulary));
    }

    // A killed process leaves the end of the log unwritten: a part of the records may be gone.
    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(1000)]
    public async Task Open_LogThatIsTorn_EncodesWhatIsLost(int missing)
    {
        await BuildAsync();
        string log = Assert.Single(Directory.GetFiles(Index, "log-*"));
        using (FileStream stream = File.OpenWrite(log))
        {
            stream.SetLength(Math.Max(0, stream.Length - missing));
        }

        (int added, int unchanged) = await BuildAsync();
        Assert.Equal(4, added + unchanged);
        Assert.True(added > 0, $"Nothing was encoded again after {missing} bytes were cut off.");
        Assert.Equal((0, 4), await BuildAsync());
    }

    [Fact]
    public async Task Open_LogThatIsDamaged_MakesTheIndexAgain()
    {
        await BuildAsync();
        string log = Assert.Single(Directory.GetFiles(Index, "log-*"));
        byte[] bytes = await File.ReadAllBytesAsync(log);
        bytes.AsSpan(8, 24).Fill(0xA5);
        await File.WriteAllBytesAsync(log, bytes);
        Assert.Equal((4, 0), await BuildAsync());
        Assert.Equal((0, 4), await BuildAsync());
    }

    [Fact]
    public async Task Open_IndexThatAnotherHasOpen_GivesAStoreInMemoryAndSaysWhy()
    {
        await using (LocalIndex first = Open())
        {
            await OpenAsync(first, Libraries.Vocabulary);
            Assert.Null(first.Obstacle);
            await using LocalIndex second = Open();
            IHybridStore store = await OpenAsync(second, Libraries.Vocabulary);
            Assert.Contains("Another index has the folder open", second.Obstacle, StringComparison.Ordinal);
            Assert.Equal((4, 0), await FillAsync(store, Libraries.Vocabulary, Libraries.Articles));
        }

        Assert.Equal((4, 0), await BuildAsync());
    }

    [Fact]
    public async Task Open_FolderOfSomethingElse_LeavesItAlone()
    {
        _folder.Write("data/index/manifest", "mine");
        await using (LocalIndex index = Open())
        {
            await OpenAsync(index, Libraries.Vocabulary);
            Assert.Contains(Index, index.Obstacle, StringComparison.Ordinal);
        }

        Assert.Equal("mine", await File.ReadAllTextAsync(_folder.PathOf("data/index/manifest")));
    }

    [UnixFact]
    public async Task Open_NewFolder_IsForTheUserAlone()
    {
        await BuildAsync();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Index));
    }

    [Fact]
    public void PathOf_TwoFolders_AreTwoIndexes()
    {
        string? a = LocalIndex.PathOf("Test", _folder.PathOf("a")), b = LocalIndex.PathOf("Test", _folder.PathOf("b"));
        Assert.NotEqual(a, b);
        Assert.Equal(a, LocalIndex.PathOf("Test", _folder.PathOf("b/../a")));
        Assert.Equal(a, LocalIndex.PathOf("Test", _folder.PathOf("a") + Path.DirectorySeparatorChar));
    }

    private async Task<(int Added, int Unchanged)> BuildAsync(string[]? vocabulary = null, IEnumerable<Article>? articles = null)
    {
        vocabulary ??= Libraries.Vocabulary;
        await using LocalIndex index = Open();
        IHybridStore store = await OpenAsync(index, vocabulary);
        Assert.Null(index.Obstacle);
        return await FillAsync(store, vocabulary, articles ?? Libraries.Articles);
    }

    private LocalIndex Open() => new(Index, HybridSchema.Default);

    private static Task<IHybridStore> OpenAsync(LocalIndex index, string[] vocabulary) =>
        index.OpenForAsync(HybridModels.Of(new TestSparseGenerator(vocabulary), new TestDenseGenerator()));

    private static async Task<(int Added, int Unchanged)> FillAsync(IHybridStore store, string[] vocabulary, IEnumerable<Article> articles)
    {
        var retriever = new HybridRetriever(store, new TestSparseGenerator(vocabulary), new TestDenseGenerator());
        var splitter = new PassageSplitter(100, t => t.Split(' ').Length);
        HybridAddResult added = (await PassageLibrary.BuildAsync(articles, splitter, store, retriever)).Added;
        return (added.Added, added.Unchanged);
    }
}
