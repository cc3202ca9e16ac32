using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Splade.AI.Lexical;

namespace Splade.AI.Tests;

/// <summary>What BM25 owes as an embedding generator.</summary>
public sealed class Bm25EmbeddingGeneratorTests : IDisposable
{
    private readonly Bm25EmbeddingGenerator _sut = new();

    public void Dispose() => _sut.Dispose();

    [Fact]
    public async Task GenerateAsync_Texts_HaveWhatTheContractAsksFor()
    {
        GeneratedEmbeddings<SparseEmbedding> embeddings = await _sut.GenerateAsync(["The red planets", "", "the"]);
        Assert.Equal([2, 0, 0], embeddings.Select(e => e.Vector.Count));
        Assert.Equal([2, 0, 0], embeddings.Select(e => e.TokenCount));
        Assert.All(embeddings, e => Assert.Equal(("bm25", int.MaxValue, false), (e.ModelId, e.Dimensions, e.Truncated)));
        Assert.All(embeddings, e => Assert.NotNull(e.CreatedAt));
        Assert.Equal((2, 2), (embeddings.Usage!.InputTokenCount, embeddings.Usage.TotalTokenCount));
        Assert.Empty(await _sut.GenerateAsync(Array.Empty<string>()));
    }

    [Fact]
    public void GetService_PartsOfTheGenerator_AreGivenOut()
    {
        var metadata = _sut.GetRequiredService<EmbeddingGeneratorMetadata>();
        Assert.Equal(("splade.ai", "bm25", int.MaxValue), (metadata.ProviderName, metadata.DefaultModelId, metadata.DefaultModelDimensions));
        Assert.Same(_sut, _sut.GetService<Bm25EmbeddingGenerator>());
        Assert.True(_sut.GetRequiredService<SparseModelIdentity>().RequiresIdf);
        Assert.Null(_sut.GetService(typeof(SparseModelIdentity), "key"));
        Assert.Null(_sut.GetService<SpladeEngine>());
    }

    [Fact]
    public async Task GenerateAsync_MaxActiveDimensions_KeepsTheHeaviest()
    {
        var options = new SpladeEmbeddingGenerationOptions { Encoding = { MaxActiveDimensions = 1 } };
        SparseVector whole = (await _sut.GenerateAsync("mars mars venus")).Vector;
        Assert.Equal(whole.TopK(1), (await _sut.GenerateAsync("mars mars venus", options)).Vector);
    }

    [Fact]
    public async Task GenerateAsync_WhatBm25DoesNotHave_IsRefused()
    {
        await RefusesAsync("prompt", new SpladeEmbeddingGenerationOptions { Encoding = { Prompt = "query: " } });
        await RefusesAsync("prompt", new SpladeEmbeddingGenerationOptions { Encoding = { PromptName = "query" } });
        await RefusesAsync("128 tokens at most", new SpladeEmbeddingGenerationOptions { Encoding = { MaxTokens = 128 } });
        await RefusesAsync("'other'", new EmbeddingGenerationOptions { ModelId = "other" });
        await RefusesAsync("384 dimensions", new EmbeddingGenerationOptions { Dimensions = 384 });
        var error = await Assert.ThrowsAsync<ArgumentException>(() => _sut.GenerateAsync(["a", null!]));
        Assert.Contains("position 1", error.Message, StringComparison.Ordinal);

        async Task RefusesAsync(string words, EmbeddingGenerationOptions options) =>
            Assert.Contains(words, (await Assert.ThrowsAsync<ArgumentException>(() => _sut.GenerateAsync(["a"], options))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(10, 100_000)]
    public async Task GenerateAsync_Cancelled_Stops(int texts, int words)
    {
        string text = string.Concat(Enumerable.Repeat("word ", words));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _sut.GenerateAsync(Enumerable.Repeat(text, texts), cancellationToken: new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task GenerateAsync_CancelledWithinAText_Stops()
    {
        using var source = new CancellationTokenSource();
        using var sut = new Bm25EmbeddingGenerator(new Bm25Options { Stemmer = new WordStemmer("cancels", Cancel) });
        string text = string.Join(' ', Enumerable.Range(0, 10_000));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sut.GenerateAsync([text], cancellationToken: source.Token));

        string Cancel(string word)
        {
            source.Cancel();
            return word;
        }
    }

    [Fact]
    public void CacheKeyAdditionalValues_OtherOptionsOrTexts_AreOthers()
    {
        using var other = new Bm25EmbeddingGenerator(new Bm25Options { K = 1 });
        using var equal = new Bm25EmbeddingGenerator(new Bm25Options());
        Assert.Equal(_sut.CacheKeyAdditionalValues, equal.CacheKeyAdditionalValues);
        Assert.NotEqual(_sut.CacheKeyAdditionalValues, other.CacheKeyAdditionalValues);
        Assert.NotEqual(_sut.CacheKeyAdditionalValues, _sut.AsQueryGenerator().CacheKeyAdditionalValues);
        Assert.Equal(_sut.CacheKeyAdditionalValues, _sut.AsQueryGenerator().AsDocumentGenerator().CacheKeyAdditionalValues);
    }

    [Fact]
    public async Task AddBm25EmbeddingGenerator_Built_EncodesByItsOptions()
    {
        using var log = new TestLoggerFactory();
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(log);
        services.AddBm25EmbeddingGenerator(options => options.MaxTokenLength = 3, EmbeddingInputType.Query);
        services.AddKeyedBm25EmbeddingGenerator("documents", decorate: (generator, _) => generator.AsBuilder().Build());
        services.Configure<Bm25Options>("documents", options => options.StopWords = ["mars"]);
        await using ServiceProvider provider = services.BuildServiceProvider();
        var queries = provider.GetRequiredService<IEmbeddingGenerator<string, SparseEmbedding>>();
        var documents = provider.GetRequiredKeyedService<IEmbeddingGenerator<string, SparseEmbedding>>("documents");

        SparseEmbedding query = await queries.GenerateAsync("red mars");
        Assert.Equal([1f], query.Values.ToArray());
        Assert.Single(log.Entries);
        Assert.Equal((await _sut.GenerateAsync("red")).Vector, (await documents.GenerateAsync("red mars")).Vector);
        Assert.NotNull(documents.GetService<Bm25EmbeddingGenerator>());
        Assert.Throws<ArgumentException>(() => services.AddKeyedBm25EmbeddingGenerator(""));
    }
}
