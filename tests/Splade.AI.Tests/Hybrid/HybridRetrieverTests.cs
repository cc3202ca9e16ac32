using Microsoft.Extensions.AI;
using Splade.AI.Hybrid;
using Splade.AI.Tests.TestDoubles;

namespace Splade.AI.Tests.Hybrid;

public sealed class HybridRetrieverTests : IDisposable
{
    /// <summary>The words that the test generators know: one sparse dimension and one dense entry each.</summary>
    private static readonly string[] Words = ["moon", "mars", "soup", "bread"];

    private readonly EmbeddedHybridStore _store = EmbeddedHybridStore.CreateInMemory();
    private readonly TestEmbeddingGenerator<SparseEmbedding> _sparse = new() { GenerateCallback = (texts, _) => new(texts.Select(EncodeSparse)) };
    private readonly TestEmbeddingGenerator<Embedding<float>> _dense = new() { GenerateCallback = (texts, _) => EncodeDense(texts) };

    public void Dispose()
    {
        _sparse.Dispose();
        _dense.Dispose();
    }

    [Fact]
    public async Task SearchAsync_AddedTexts_FindsThemAndShowsTheQuery()
    {
        HybridRetriever sut = CreateSut();
        HybridAddResult added = await sut.AddAsync(
            [new("1", "moon soup"), new("2", "mars bread", new Dictionary<string, MetadataValue> { ["file"] = "x.md" }), new("3", "moon mars")]);

        HybridSearchResult result = await sut.SearchAsync("mars bread");

        Assert.Equal(new HybridAddResult(3, 0, 0), added);
        Assert.Equal(["2", "3", "1"], result.Hits.Select(hit => hit.Record.Id));
        Assert.Equal("mars bread", result.Hits[0].Record.Text);
        Assert.Equal("x.md", result.Hits[0].Record.Metadata["file"]);
        Assert.Equal([1, 3], result.SparseQuery!.Indices.ToArray());
        Assert.All(result.Hits, hit => Assert.Equal(result.SparseQuery.Dot(hit.Record.Sparse), hit.Sparse?.Score ?? 0));
        Assert.False(result.QueryTruncated);
    }

    [Fact]
    public async Task Members_InputType_IsDocumentForTextsAndQueryForQueries()
    {
        HybridRetriever sut = CreateSut();
        await sut.AddAsync([new("1", "moon")]);
        await sut.SearchAsync("moon");

        Assert.Equal([EmbeddingInputType.Document, EmbeddingInputType.Query], InputTypes(_sparse.Calls));
        Assert.Equal([EmbeddingInputType.Document, EmbeddingInputType.Query], InputTypes(_dense.Calls));
    }

    [Theory]
    [InlineData(SearchMode.Hybrid, 1, 1)]
    [InlineData(SearchMode.Sparse, 1, 0)]
    [InlineData(SearchMode.Dense, 0, 1)]
    public async Task SearchAsync_Mode_EncodesWhatItNeeds(SearchMode mode, int sparseCalls, int denseCalls)
    {
        HybridRetriever sut = CreateSut();
        await sut.AddAsync([new("1", "moon"), new("2", "moon mars"), new("3", "mars")]);
        _sparse.Calls.Clear();
        _dense.Calls.Clear();

        HybridSearchResult result = await sut.SearchAsync("moon", new HybridRetrievalOptions { Mode = mode, Top = 2, Candidates = 3 });

        Assert.Equal(sparseCalls, _sparse.Calls.Count);
        Assert.Equal(denseCalls, _dense.Calls.Count);
        Assert.Equal(["1", "2"], result.Hits.Select(hit => hit.Record.Id));
        Assert.Equal(sparseCalls == 0, result.SparseQuery is null);
    }

    [Fact]
    public async Task AddAsync_ManyTexts_EncodesInWindowsAndReportsProgress()
    {
        HybridRetriever sut = CreateSut();
        var progress = new List<HybridAddResult>();

        HybridAddResult added = await sut.AddAsync(
            [.. Enumerable.Range(0, 150).Select(i => new HybridText($"{i}", Words[i % 4]))], new ImmediateProgress<HybridAddResult>(progress.Add));

        Assert.Equal(150, added.Added);
        Assert.Equal(150, await _store.CountAsync());
        Assert.Equal([64, 64, 22], _sparse.Calls.Select(call => call.Texts.Length));
        Assert.Equal([64, 64, 22], _dense.Calls.Select(call => call.Texts.Length));
        Assert.Equal([new(64, 0, 0) { Total = 150 }, new(128, 0, 0) { Total = 150 }, new HybridAddResult(150, 0, 0) { Total = 150 }], progress);
    }

    [Fact]
    public async Task AddAsync_SourceOfUnknownLength_ReportsNoTotal()
    {
        HybridRetriever sut = CreateSut();
        var progress = new List<HybridAddResult>();
        static IEnumerable<HybridText> Source()
        {
            yield return new HybridText("1", "moon");
        }

        await sut.AddAsync(Source(), new ImmediateProgress<HybridAddResult>(progress.Add));

        Assert.Equal([new HybridAddResult(1, 0, 0) { Total = null }], progress);
    }

    [Fact]
    public async Task GetAsync_Id_GivesTheRecordOfTheStore()
    {
        HybridRetriever sut = CreateSut();
        await sut.AddAsync([new("1", "moon")]);
        Assert.Equal("moon", (await sut.GetAsync("1"))?.Text);
        Assert.Null(await sut.GetAsync("2"));
    }

    [Fact]
    public async Task AddAsync_NoTexts_CallsNobody()
    {
        Assert.Equal(new HybridAddResult(0, 0, 0), await CreateSut().AddAsync([]));
        Assert.Empty(_sparse.Calls);
        Assert.Empty(_dense.Calls);
    }

    [Fact]
    public async Task AddAsync_RepeatedId_KeepsTheLast()
    {
        HybridRetriever sut = CreateSut();

        HybridAddResult added = await sut.AddAsync([new("1", "moon"), new("1", "mars")]);

        Assert.Equal(2, added.Added);
        Assert.Equal(1, await _store.CountAsync());
        Assert.Equal("mars", (await _store.GetAsync("1"))?.Text);
    }

    [Fact]
    public async Task Members_LongTexts_ReportWhatWasCut()
    {
        HybridRetriever sut = CreateSut();

        HybridAddResult added = await sut.AddAsync(
            [.. Enumerable.Range(0, 70).Select(i => new HybridText($"{i}", i % 7 == 0 ? "moon [long]" : i % 10 == 0 ? "moon [longer]" : "moon"))]);

        Assert.Equal(new HybridAddResult(70, 10, 16), added);
        Assert.True((await sut.SearchAsync("moon [long]")).QueryTruncated);
        Assert.True((await sut.SearchAsync("moon [longer]")).QueryTruncated);
        Assert.False((await sut.SearchAsync("moon [longer]", new HybridRetrievalOptions { Mode = SearchMode.Sparse })).QueryTruncated);
    }

    [Fact]
    public async Task AddAsync_NullText_KeepsTheWindowsBefore()
    {
        HybridRetriever sut = CreateSut();
        IEnumerable<HybridText> texts = [.. Enumerable.Range(0, 70).Select(i => new HybridText($"{i}", "moon")), null!];

        ArgumentException error = await Assert.ThrowsAsync<ArgumentException>("texts", () => sut.AddAsync(texts));

        Assert.Contains("position 70", error.Message, StringComparison.Ordinal);
        Assert.Equal(64, await _store.CountAsync());
    }

    [Fact]
    public async Task AddAsync_CancelledBetweenWindows_KeepsTheWindowsBefore()
    {
        HybridRetriever sut = CreateSut();
        using var cancellation = new CancellationTokenSource();
        HybridText[] texts = [.. Enumerable.Range(0, 200).Select(i => new HybridText($"{i}", "moon"))];

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => sut.AddAsync(texts, new ImmediateProgress<HybridAddResult>(_ => cancellation.Cancel()), cancellation.Token));

        Assert.Equal(64, await _store.CountAsync());
    }

    [Fact]
    public async Task Members_GeneratorReturnsTooFew_SaySo()
    {
        HybridRetriever sut = CreateSut();
        _dense.GenerateCallback = (texts, _) => EncodeDense(texts.Skip(1));

        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(() => sut.AddAsync([new("1", "moon"), new("2", "mars")]));

        Assert.Contains("Found 1 embeddings for 2 texts", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, await _store.CountAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(() => sut.SearchAsync("moon"));
    }

    [Fact]
    public async Task Members_InvalidArguments_NameTheParameter()
    {
        HybridRetriever sut = CreateSut();

        Assert.Throws<ArgumentNullException>("store", () => new HybridRetriever(null!, _sparse, _dense));
        Assert.Throws<ArgumentNullException>("sparse", () => new HybridRetriever(_store, null!, _dense));
        Assert.Throws<ArgumentNullException>("dense", () => new HybridRetriever(_store, _sparse, null!));
        await Assert.ThrowsAsync<ArgumentNullException>("texts", () => sut.AddAsync((IEnumerable<HybridText>)null!));
        await Assert.ThrowsAsync<ArgumentNullException>("texts", () => sut.AddAsync((IAsyncEnumerable<HybridText>)null!));
        await Assert.ThrowsAsync<ArgumentNullException>("query", () => sut.SearchAsync(null!));
        await Assert.ThrowsAsync<ArgumentNullException>("id", () => sut.GetAsync(null!));
        Assert.Throws<ArgumentOutOfRangeException>("Top", () => new HybridRetrievalOptions { Top = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("Candidates", () => new HybridRetrievalOptions { Candidates = 0 });
        Assert.Throws<ArgumentException>("id", () => new HybridText("", "moon"));
        Assert.Throws<ArgumentNullException>("text", () => new HybridText("1", null!));
    }

    private HybridRetriever CreateSut() => new(_store, _sparse, _dense);

    private static IEnumerable<EmbeddingInputType?> InputTypes(IEnumerable<(string[] Texts, EmbeddingGenerationOptions? Options)> calls) =>
        calls.Select(call => (call.Options as SpladeEmbeddingGenerationOptions)?.Encoding.InputType);

    private static float[] Encode(string text) => [.. Words.Select(word => text.Contains(word, StringComparison.Ordinal) ? 1f : 0)];

    private static SparseEmbedding EncodeSparse(string text) =>
        new(SparseVector.FromDense(Encode(text))) { Truncated = text.Contains("[long]", StringComparison.Ordinal) };

    private static GeneratedEmbeddings<Embedding<float>> EncodeDense(IEnumerable<string> texts)
    {
        long truncated = texts.Count(text => text.Contains("[long", StringComparison.Ordinal));
        var usage = new UsageDetails { AdditionalCounts = new() { [SpladeTelemetry.TruncatedInputs] = truncated } };
        return new(texts.Select(text => new Embedding<float>(Encode(text)))) { Usage = usage };
    }
}
