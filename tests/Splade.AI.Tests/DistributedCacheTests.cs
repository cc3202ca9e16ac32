using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using Splade.AI.Tests.TestDoubles;

namespace Splade.AI.Tests;

/// <summary>The cache of Microsoft.Extensions.AI around the generators, one cache for all.</summary>
public sealed class DistributedCacheTests(EngineFixture fixture) : IClassFixture<EngineFixture>, IAsyncLifetime, IDisposable
{
    private readonly MemoryDistributedCache _cache = new(Options.Create(new MemoryDistributedCacheOptions()));
    private readonly SpladeEmbeddingGenerator _documents = new(fixture.Engine);
    private DenseEmbeddingGenerator _dense = null!;

    public async Task InitializeAsync() => _dense = await DenseEmbeddingGenerator.CreateAsync(Path.Combine(Repository.Models, "all-minilm-l6-v2-int8"));

    public async Task DisposeAsync() => await _dense.DisposeAsync();

    public void Dispose() => _documents.Dispose();

    [Fact]
    public async Task GenerateAsync_SparseAndDenseOnOneCache_KeepTheirOwn()
    {
        var sparse = new CountingGenerator<SparseEmbedding>(_documents);
        var dense = new CountingGenerator<Embedding<float>>(_dense);
        IEmbeddingGenerator<string, SparseEmbedding> cachedSparse = Cached(sparse, _documents.CacheKeyAdditionalValues);
        IEmbeddingGenerator<string, Embedding<float>> cachedDense = Cached(dense, _dense.CacheKeyAdditionalValues);
        string[] texts = ["the red planet", "mars", ""];
        GeneratedEmbeddings<SparseEmbedding> first = await cachedSparse.GenerateAsync(texts);
        GeneratedEmbeddings<Embedding<float>> firstDense = await cachedDense.GenerateAsync(texts);
        GeneratedEmbeddings<SparseEmbedding> again = await cachedSparse.GenerateAsync(texts.Reverse());
        GeneratedEmbeddings<Embedding<float>> againDense = await cachedDense.GenerateAsync(texts);
        Assert.Equal((3, 3), (sparse.Texts, dense.Texts));
        Assert.Equal(
            first.Reverse().Select(e => (e.Vector, e.ModelId, e.CreatedAt, e.TokenCount)), again.Select(e => (e.Vector, e.ModelId, e.CreatedAt, e.TokenCount)));
        Assert.All(firstDense.Zip(againDense), pair => Assert.Equal(pair.First.Vector.ToArray(), pair.Second.Vector.ToArray()));
    }

    [Theory]
    [InlineData("ai")]
    [InlineData("splade")]
    [InlineData("compact")]
    public async Task GenerateAsync_KeysThatTellNothingApart_AreRefusedInBothDirections(string optionsName)
    {
        JsonSerializerOptions options = OptionsOf(optionsName);
        await Cached(_dense, [], options).GenerateAsync(["mars"]);
        var error = await Assert.ThrowsAsync<JsonException>(() => Cached(_documents, [], options).GenerateAsync(["mars"]));
        Assert.Contains("another kind of embedding", error.Message, StringComparison.Ordinal);

        await Cached(_documents, [], options).GenerateAsync(["venus"]);
        await Assert.ThrowsAsync<JsonException>(() => Cached(_dense, [], options).GenerateAsync(["venus"]));
    }

    [Fact]
    public async Task GenerateAsync_QueriesAndDocuments_AreSplitByTheValuesAndByTheOptions()
    {
        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny();
        model.Write("config_sentence_transformers.json", """{"prompts": {"query": "find ", "document": "read "}}""");
        using SpladeEmbeddingGenerator documents = await SpladeEmbeddingGenerator.CreateAsync(model.Folder);
        SpladeEmbeddingGenerator queries = documents.AsQueryGenerator();
        SparseVector document = (await documents.GenerateAsync("mars")).Vector;
        SparseVector query = (await queries.GenerateAsync("mars")).Vector;
        Assert.NotEqual(document, query);

        // This is why the values are needed: the view itself is in no key.
        await Cached(documents, []).GenerateAsync("mars");
        Assert.Equal(document, (await Cached(queries, []).GenerateAsync("mars")).Vector);

        IEmbeddingGenerator<string, SparseEmbedding> cached = Cached(documents, documents.CacheKeyAdditionalValues);
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(document, (await cached.GenerateAsync("mars")).Vector);
            Assert.Equal(query, (await Cached(queries, queries.CacheKeyAdditionalValues).GenerateAsync("mars")).Vector);
            Assert.Equal(query, (await cached.GenerateAsync("mars", new SpladeEmbeddingGenerationOptions { Encoding = { InputType = EmbeddingInputType.Query } })).Vector);
        }
    }

    [Fact]
    public async Task GenerateAsync_TwoModelsOfOneName_KeepTheirOwn()
    {
        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny();
        model.Write("1_SpladePooling/config.json", """{"pooling_strategy": "sum", "activation_function": "relu"}""");
        using SpladeEmbeddingGenerator other = await SpladeEmbeddingGenerator.CreateAsync(model.Folder);
        Assert.Equal(_documents.GetService<EmbeddingGeneratorMetadata>()!.DefaultModelId, other.GetService<EmbeddingGeneratorMetadata>()!.DefaultModelId);
        SparseVector expected = (await other.GenerateAsync("mars is red")).Vector;
        Assert.NotEqual(expected, (await Cached(_documents, _documents.CacheKeyAdditionalValues).GenerateAsync("mars is red")).Vector);
        Assert.Equal(expected, (await Cached(other, other.CacheKeyAdditionalValues).GenerateAsync("mars is red")).Vector);
    }

    [Fact]
    public async Task GenerateAsync_EachOptionOfACall_SplitsTheKeys()
    {
        var inner = new CountingGenerator<SparseEmbedding>(_documents);
        IEmbeddingGenerator<string, SparseEmbedding> cached = Cached(inner, _documents.CacheKeyAdditionalValues);
        SpladeEmbeddingGenerationOptions[] calls =
        [
            new(), new() { Encoding = { InputType = EmbeddingInputType.Query } }, new() { Encoding = { Prompt = "a " } }, new() { Encoding = { Prompt = "b " } }, new() { Encoding = { MaxTokens = 4 } },
            new() { Encoding = { MaxTokens = 5 } }, new() { Encoding = { MaxActiveDimensions = 3 } }, new() { ModelId = "splade-tiny" },
        ];
        foreach (SpladeEmbeddingGenerationOptions options in calls.Concat(calls))
        {
            SparseVector expected = (await _documents.GenerateAsync("mars is red", options)).Vector;
            Assert.Equal(expected, (await cached.GenerateAsync("mars is red", options)).Vector);
        }

        Assert.Equal(calls.Length, inner.Texts);
    }

    [Fact]
    public async Task GenerateAsync_Entries_AreAThirdWithCompactOptions()
    {
        var entries = new List<int>();
        foreach (string name in (string[])["ai", "compact"])
        {
            var cache = new RecordingCache();
            await _documents.AsBuilder().UseDistributedCache(cache, c => c.JsonSerializerOptions = OptionsOf(name)).Build()
                .GenerateAsync(ReferenceVectors.Read("encode-passages.jsonl").MaxBy(p => p.Text.Length)!.Text);
            entries.Add(Assert.Single(cache.Entries).Length);
        }

        Assert.InRange(entries[1], 1, entries[0] / 3);
    }

    [Fact]
    public async Task ConfigureOptions_OnTheWay_KeepsWhatTheCallerSaid()
    {
        var inner = new CountingGenerator<SparseEmbedding>(_documents);
        IEmbeddingGenerator<string, SparseEmbedding> sut = inner.AsBuilder().ConfigureOptions(options => options.ModelId ??= "splade-tiny").Build();
        await sut.GenerateAsync("mars", new SpladeEmbeddingGenerationOptions { Encoding = { InputType = EmbeddingInputType.Query, MaxActiveDimensions = 5 } });
        var seen = Assert.IsType<SpladeEmbeddingGenerationOptions>(inner.Options);
        Assert.Equal(("splade-tiny", EmbeddingInputType.Query, 5), (seen.ModelId, seen.Encoding.InputType, seen.Encoding.MaxActiveDimensions));
    }

    private IEmbeddingGenerator<string, TEmbedding> Cached<TEmbedding>(
        IEmbeddingGenerator<string, TEmbedding> inner, IReadOnlyList<object> values, JsonSerializerOptions? options = null)
        where TEmbedding : Embedding => inner.AsBuilder().UseDistributedCache(_cache, cache =>
        {
            cache.CacheKeyAdditionalValues = values;
            cache.JsonSerializerOptions = options ?? SpladeJsonUtilities.CompactOptions;
        }).Build();

    private static JsonSerializerOptions OptionsOf(string name) => name switch
    {
        "ai" => AIJsonUtilities.DefaultOptions,
        "splade" => SpladeJsonUtilities.DefaultOptions,
        _ => SpladeJsonUtilities.CompactOptions,
    };

    private sealed class RecordingCache : IDistributedCache
    {
        public List<string> Entries { get; } = [];

        public byte[]? Get(string key) => null;

        public Task<byte[]?> GetAsync(string key, CancellationToken token = default) => Task.FromResult<byte[]?>(null);

        public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => Entries.Add(Encoding.UTF8.GetString(value));

        public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
        {
            Set(key, value, options);
            return Task.CompletedTask;
        }

        public void Refresh(string key)
        {
        }

        public Task RefreshAsync(string key, CancellationToken token = default) => Task.CompletedTask;

        public void Remove(string key)
        {
        }

        public Task RemoveAsync(string key, CancellationToken token = default) => Task.CompletedTask;
    }
}
