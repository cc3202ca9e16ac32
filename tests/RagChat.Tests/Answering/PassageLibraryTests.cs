using RagChat.Answering;
using RagChat.Documents;
using RagChat.Tests.TestDoubles;
using Splade.AI.Hybrid;

namespace RagChat.Tests.Answering;

public sealed class PassageLibraryTests
{
    private static readonly Article[] ManyArticles =
        [.. Enumerable.Range(1, 40).Select(i => Article.OfPlainText($"a{i:D2}", $"Water number {i}."))];

    [Fact]
    public async Task Search_Hybrid_GivesPassagesWithBothPlaces()
    {
        PassageLibrary library = await Libraries.CreateAsync();

        Retrieval found = await library.SearchAsync("How many days does a refund take?", SearchMode.Hybrid, top: 2);

        Assert.Equal("refunds#Timing", found.Sources[0].Passage.Id);
        Assert.Equal(2, found.Sources.Count);
        Assert.Equal(1, found.Sources[0].Hit.Sparse?.Rank);
        Assert.Equal(1, found.Sources[0].Hit.Dense?.Rank);
        Assert.NotNull(found.SparseQuery);
    }

    [Fact]
    public async Task Search_WordsOfNoPassage_FindsNothingBySparse()
    {
        PassageLibrary library = await Libraries.CreateAsync();

        Retrieval found = await library.SearchAsync("Who wrote Hamlet?", SearchMode.Sparse, top: 2);

        Assert.Empty(found.Sources);
    }

    [Fact]
    public async Task Build_ManyPassages_ReportsProgressInSteps()
    {
        var reports = new List<HybridAddResult>();

        await Libraries.BuildAsync(new TestDenseGenerator(), ManyArticles, new TestProgress(reports.Add));

        Assert.Equal([(16, 40), (32, 40), (40, 40)], reports.Select(r => (r.Added, r.Total)));
    }

    [Fact]
    public async Task Build_CancelledOnTheWay_Stops()
    {
        using var source = new CancellationTokenSource();
        int encoded = 0;
        var dense = new TestDenseGenerator() { OnGenerate = texts => encoded += texts.Count };

        Task build = Libraries.BuildAsync(dense, ManyArticles, new TestProgress(_ => source.Cancel()), cancellationToken: source.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => build);
        Assert.Equal(16, encoded);
    }

    [Fact]
    public async Task Build_StoreThatWasFilledBefore_EncodesOnlyWhatIsNewAndTakesOutWhatIsGone()
    {
        await using var store = EmbeddedHybridStore.CreateInMemory();
        await Libraries.BuildAsync(new TestDenseGenerator(), store: store);
        var encoded = new List<string>();
        var dense = new TestDenseGenerator() { OnGenerate = encoded.AddRange };

        PassageLibrary same = await Libraries.BuildAsync(dense, store: store);
        Assert.Equal((0, 4, 0), (same.Added.Added, same.Added.Unchanged, same.Removed));
        Assert.Empty(encoded);

        Article[] later = [Libraries.Articles[0], Article.OfPlainText("noise", "A noise is water in the tank.")];
        PassageLibrary library = await Libraries.BuildAsync(dense, later, store: store);

        Assert.Equal((1, 2, 1), (library.Added.Added, library.Added.Unchanged, library.Removed));
        Assert.Contains("A noise is water in the tank.", Assert.Single(encoded));
        Retrieval found = await library.SearchAsync("water tank", SearchMode.Hybrid, top: 10);
        Assert.Equal(["noise#text", "refunds#Exceptions", "refunds#Timing"], found.Sources.Select(source => source.Passage.Id).Order());
        Assert.Equal(3, await store.CountAsync());
    }

    [Fact]
    public async Task Search_StoreThatOthersFilledSince_GivesKnownPassagesOnly()
    {
        await using var store = EmbeddedHybridStore.CreateInMemory();
        PassageLibrary library = await Libraries.BuildAsync(new TestDenseGenerator(), store: store);
        await Libraries.BuildAsync(new TestDenseGenerator(), ManyArticles, store: store);

        Retrieval found = await library.SearchAsync("water", SearchMode.Hybrid, top: 50);

        Assert.Empty(found.Sources);
    }

    [Fact]
    public async Task Build_StoreWithRecordsOfOthers_IsRefusedAndLeftAsItIs()
    {
        await using var store = EmbeddedHybridStore.CreateInMemory();
        await new HybridRetriever(store, new TestSparseGenerator(Libraries.Vocabulary), new TestDenseGenerator()).AddAsync([new("mine", "water")]);

        InvalidDataException refused = await Assert.ThrowsAsync<InvalidDataException>(() => Libraries.BuildAsync(new TestDenseGenerator(), store: store));

        Assert.Contains("Found the record 'mine' in the store, which RagChat did not put in", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, await store.CountAsync());
    }

    private sealed class TestProgress(Action<HybridAddResult> report) : IProgress<HybridAddResult>
    {
        public void Report(HybridAddResult value) => report(value);
    }
}
