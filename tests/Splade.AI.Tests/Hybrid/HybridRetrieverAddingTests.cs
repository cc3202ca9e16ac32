using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Splade.AI.Hybrid;
using Splade.AI.Tests.TestDoubles;

namespace Splade.AI.Tests.Hybrid;

/// <summary>What is in the store already is not encoded again, and what comes from other models is refused.</summary>
public sealed class HybridRetrieverAddingTests : IDisposable
{
    private static readonly string[] Words = ["moon", "mars", "soup", "bread"];

    private readonly EmbeddedHybridStore _store = EmbeddedHybridStore.CreateInMemory();
    private readonly TestEmbeddingGenerator<SparseEmbedding> _sparse = new()
    {
        GenerateCallback = (texts, _) => new(texts.Select(text => new SparseEmbedding(SparseVector.FromDense(Encode(text))))),
    };

    private readonly TestEmbeddingGenerator<Embedding<float>> _dense = new()
    {
        GenerateCallback = (texts, _) => new(texts.Select(text => new Embedding<float>(Encode(text)))),
    };

    public void Dispose()
    {
        _sparse.Dispose();
        _dense.Dispose();
    }

    [Fact]
    public async Task AddAsync_SameTextsAgain_EncodesNoneAndSaysSo()
    {
        HybridText[] texts = [.. Enumerable.Range(0, 70).Select(i => new HybridText($"{i}", Words[i % 4]))];
        HybridRetriever sut = CreateSut();
        await sut.AddAsync(texts);
        _sparse.Calls.Clear();
        _dense.Calls.Clear();
        var progress = new List<HybridAddResult>();

        HybridAddResult again = await sut.AddAsync([.. texts, new HybridText("70", "soup")], new ImmediateProgress<HybridAddResult>(progress.Add));

        Assert.Equal(new HybridAddResult(1, 0, 0) { Unchanged = 70 }, again);
        Assert.Equal([["soup"]], _sparse.Calls.Select(call => call.Texts));
        Assert.Equal([["soup"]], _dense.Calls.Select(call => call.Texts));
        Assert.Equal([new HybridAddResult(0, 0, 0) { Total = 71, Unchanged = 64 }, new HybridAddResult(1, 0, 0) { Total = 71, Unchanged = 70 }], progress);
    }

    [Fact]
    public async Task AddAsync_OnlyMetadataChanged_StoresItWithoutEncoding()
    {
        HybridRetriever sut = CreateSut();
        await sut.AddAsync([new("1", "moon", Year(2020)), new("2", "mars", Year(2020))]);
        HybridRecord before = (await sut.GetAsync("1"))!;
        _sparse.Calls.Clear();
        _dense.Calls.Clear();

        HybridAddResult again = await sut.AddAsync([new("1", "moon", Year(2021)), new("2", "mars", Year(2020))]);

        Assert.Equal(new HybridAddResult { Unchanged = 2 }, again);
        Assert.Empty(_sparse.Calls);
        Assert.Empty(_dense.Calls);
        HybridRecord after = (await sut.GetAsync("1"))!;
        Assert.Equal(2021, after.Metadata["year"].AsNumber());
        Assert.Equal(before.Sparse, after.Sparse);
        Assert.Equal(before.Dense.ToArray(), after.Dense.ToArray());
    }

    [Fact]
    public async Task AddAsync_SourceThatFailsInTheMiddle_IsResumedByAddingAgain()
    {
        HybridText[] texts = [.. Enumerable.Range(0, 200).Select(i => new HybridText($"{i}", $"{Words[i % 4]} {i}", Year(i)))];
        HybridRetriever sut = CreateSut();
        var failure = new IOException("The disk is gone.");

        Assert.Same(failure, await Assert.ThrowsAsync<IOException>(() => sut.AddAsync(Source(texts, failAt: 150, failure))));
        Assert.Equal(128, await _store.CountAsync());
        _sparse.Calls.Clear();
        HybridAddResult resumed = await sut.AddAsync(Source(texts));

        Assert.Equal((72, 128), (resumed.Added, resumed.Unchanged));
        Assert.Equal(texts.Skip(128).Select(text => text.Text), _sparse.Calls.SelectMany(call => call.Texts));
        Assert.Equal(texts.Select(text => (text.Id, text.Text)), await _store.ListAsync().Select(record => (record.Id, record.Text)).ToListAsync());
    }

    [Fact]
    public async Task AddAsync_GeneratorThatFailsInTheMiddle_IsResumedByAddingAgain()
    {
        HybridText[] texts = [.. Enumerable.Range(0, 150).Select(i => new HybridText($"{i}", "moon"))];
        HybridRetriever sut = CreateSut();
        var generate = _dense.GenerateCallback;
        _dense.GenerateCallback = (given, options) =>
            _dense.Calls.Count == 2 ? throw new InvalidOperationException("The device is gone.") : generate(given, options);
        await Assert.ThrowsAsync<InvalidOperationException>(() => sut.AddAsync(texts));
        _dense.GenerateCallback = generate;

        Assert.Equal(new HybridAddResult(86, 0, 0) { Unchanged = 64 }, await sut.AddAsync(texts));
        Assert.Equal(150, await _store.CountAsync());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task AddAsync_GeneratedRepeats_EqualsTextByText(int seed)
    {
        // Few ids, texts and years: all ways to repeat and to change one come within a window.
        var random = new Random(seed);
        HybridRetriever sut = CreateSut();
        var standing = new Dictionary<string, (string Text, int Year)>();
        for (int round = 0; round < 30; round++)
        {
            (string Id, string Text, int Year)[] added =
                [.. Enumerable.Range(0, random.Next(150)).Select(_ => ($"{random.Next(9)}", Words[random.Next(4)], random.Next(3)))];
            int unchanged = 0;
            foreach ((string id, string text, int year) in added)
            {
                unchanged += standing.TryGetValue(id, out (string Text, int Year) before) && before.Text == text ? 1 : 0;
                standing[id] = (text, year);
            }

            HybridAddResult result = await sut.AddAsync(added.Select(item => new HybridText(item.Id, item.Text, Year(item.Year))));

            Assert.Equal((added.Length - unchanged, unchanged), (result.Added, result.Unchanged));
            Assert.Equal(standing.Count, await _store.CountAsync());
            foreach ((string id, (string text, int year)) in standing)
            {
                HybridRecord record = (await sut.GetAsync(id))!;
                Assert.Equal((text, (double)year), (record.Text, record.Metadata["year"].AsNumber()));
                Assert.Equal(Encode(text), record.Dense.ToArray());
                Assert.Equal(SparseVector.FromDense(Encode(text)), record.Sparse);
            }
        }
    }

    [Fact]
    public async Task AddAsync_AsyncSource_ReportsWithoutTotalAndCanBeCancelled()
    {
        HybridText[] texts = [.. Enumerable.Range(0, 200).Select(i => new HybridText($"{i}", "moon"))];
        HybridRetriever sut = CreateSut();
        var progress = new List<HybridAddResult>();
        await sut.AddAsync(Source(texts[..70]), new ImmediateProgress<HybridAddResult>(progress.Add));
        Assert.Equal([new HybridAddResult(64, 0, 0) { Total = null }, new HybridAddResult(70, 0, 0) { Total = null }], progress);

        ArgumentException error = await Assert.ThrowsAsync<ArgumentException>("texts", () => sut.AddAsync(Source([.. texts[..70], null!])));
        Assert.Contains("position 70", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sut.AddAsync(Source(texts), null, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Members_OtherModels_AreRefusedWithTheReason()
    {
        _sparse.Service = Identity("splade-a");
        _dense.Service = new EmbeddingGeneratorMetadata("test", null, "dense-a", 4);
        HybridRetriever sut = CreateSut();
        HybridText[] texts = [new("1", "moon"), new("2", "mars")];
        await sut.AddAsync(texts);
        Assert.Equal(HybridModels.Of(Identity("splade-a"), new DenseModelIdentity { ModelName = "dense-a", Dimensions = 4 }), _store.Models);
        string json = JsonSerializer.Serialize(_store.Models, SpladeJsonUtilities.DefaultOptions);
        Assert.Equal(_store.Models, JsonSerializer.Deserialize<HybridModels>(json, SpladeJsonUtilities.DefaultOptions));
        _sparse.Calls.Clear();
        _sparse.Service = Identity("splade-b");

        // Although nothing would have to be encoded.
        ArgumentException added = await Assert.ThrowsAsync<ArgumentException>("texts", () => sut.AddAsync(texts));
        Assert.Contains("of the sparse model, the model is 'splade-a' instead of 'splade-b'", added.Message, StringComparison.Ordinal);
        Assert.Empty(_sparse.Calls);
        ArgumentException searched = await Assert.ThrowsAsync<ArgumentException>("query", () => sut.SearchAsync("moon"));
        Assert.Contains("'splade-a' instead of 'splade-b'", searched.Message, StringComparison.Ordinal);

        // A search that the sparse side has no part in.
        Assert.Equal(2, (await sut.SearchAsync("moon", new HybridRetrievalOptions { Mode = SearchMode.Dense })).Hits.Count);
        _dense.Service = new EmbeddingGeneratorMetadata("test", null, "dense-b", 4);
        searched = await Assert.ThrowsAsync<ArgumentException>("query", () => sut.SearchAsync("moon", new HybridRetrievalOptions { Mode = SearchMode.Dense }));
        Assert.Contains("the dense model is 'dense-a' instead of 'dense-b'", searched.Message, StringComparison.Ordinal);

        await _store.DeleteAsync(MetadataFilter.All());
        Assert.Equal(HybridModels.None, _store.Models);
        Assert.Equal(new HybridAddResult(2, 0, 0), await sut.AddAsync(texts));
        Assert.Equal("dense-b", _store.Models.Dense[HybridSchema.DenseName].ModelName);
        Assert.Equal(2, (await sut.SearchAsync("moon mars")).Hits.Count);
    }

    [Fact]
    public async Task AddAsync_GeneratorThatKnowsItsModelOnceLoaded_IsAskedAfterIt()
    {
        var generate = _dense.GenerateCallback;
        _dense.GenerateCallback = (texts, options) =>
        {
            _dense.Service = new EmbeddingGeneratorMetadata("test", null, "dense-a", 4);
            return generate(texts, options);
        };
        await CreateSut().AddAsync([new HybridText("1", "moon")]);
        Assert.Equal("dense-a", _store.Models.Dense[HybridSchema.DenseName].ModelName);
    }

    [Fact]
    public async Task Members_PolicyForQueriesOnly_IsNoOtherModel()
    {
        _sparse.Service = Identity("splade-a");
        HybridRetriever sut = CreateSut();
        await sut.AddAsync([new HybridText("1", "moon")]);
        _sparse.Service = Identity("splade-a") with { PolicyHash = "p", QueryPolicyHash = "q" };
        Assert.Single((await sut.SearchAsync("moon")).Hits);
        _sparse.Service = Identity("splade-a") with { PolicyHash = "p", DocumentPolicyHash = "q" };
        await Assert.ThrowsAsync<ArgumentException>("query", () => sut.SearchAsync("moon"));
    }

    [Fact]
    public async Task Members_StoreOfGivenModels_TakesNoOthers()
    {
        var models = HybridModels.Of(null, new DenseModelIdentity { ModelName = "dense-a" });
        EmbeddedHybridStore store = EmbeddedHybridStore.CreateInMemory(models: models);
        var sut = new HybridRetriever(store, _sparse, _dense);
        Assert.Equal(models, store.Models);
        _dense.Service = new EmbeddingGeneratorMetadata("test", null, "dense-b", 4);
        await Assert.ThrowsAsync<ArgumentException>("texts", () => sut.AddAsync([new HybridText("1", "moon")]));
        _dense.Service = new EmbeddingGeneratorMetadata("test", null, "dense-a", 4);
        await sut.AddAsync([new HybridText("1", "moon")]);
        Assert.Equal(models, store.Models);
    }

    [Fact]
    public async Task AddAsync_StoreOfUnknownModels_ComparesNothing()
    {
        await CreateSut().AddAsync([new HybridText("1", "moon")]);
        _dense.Service = new EmbeddingGeneratorMetadata("test", null, "dense-b", 4);
        await CreateSut().AddAsync([new HybridText("2", "mars")]);
        Assert.Equal(new HybridModels(), _store.Models);
    }

    [Fact]
    public async Task SearchAsync_Filter_IsPartOfTheSearch()
    {
        HybridRetriever sut = CreateSut();
        await sut.AddAsync(Enumerable.Range(0, 100).Select(i => new HybridText($"{i}", "moon", Year(i))));

        var options = new HybridRetrievalOptions { Filter = MetadataFilter.AtLeast("year", 97), Candidates = 5, Top = 5 };
        HybridSearchResult found = await sut.SearchAsync("moon", options);

        Assert.Equal(["97", "98", "99"], found.Hits.Select(hit => hit.Record.Id));
    }

    private HybridRetriever CreateSut() => new(_store, _sparse, _dense);

    private static Dictionary<string, MetadataValue> Year(int year) => new() { ["year"] = year };

    private static float[] Encode(string text) => [.. Words.Select(word => text.Contains(word, StringComparison.Ordinal) ? 1f : 0)];

    private static SparseModelIdentity Identity(string model) => new()
    {
        ModelName = model,
        Dimensions = 4,
        VocabularyHash = "v",
        Pooling = default,
        Activation = default,
    };

    private static async IAsyncEnumerable<HybridText> Source(
        HybridText[] texts, int failAt = int.MaxValue, Exception? failure = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (int i = 0; i < texts.Length; i++)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            yield return i == failAt ? throw failure! : texts[i];
        }
    }
}
