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

        Task build = Libraries.BuildAsync(dense, ManyArticles, new TestProgress(_ => source.Cancel()), source.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => build);
        Assert.Equal(16, encoded);
    }

    private sealed class TestProgress(Action<HybridAddResult> report) : IProgress<HybridAddResult>
    {
        public void Report(HybridAddResult value) => report(value);
    }
}
