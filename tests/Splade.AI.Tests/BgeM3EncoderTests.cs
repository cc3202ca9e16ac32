using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Splade.AI.Explanation;
using Splade.AI.Hybrid;
using Splade.AI.Tests.BgeM3;
using Splade.AI.Tests.TestDoubles;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests;

/// <summary>What BGE-M3 owes as an encoder with two sides.</summary>
public sealed class BgeM3EncoderTests(BgeM3Fixture fixture) : IClassFixture<BgeM3Fixture>
{
    private const string Text = "Hello, World! Hello again";

    private readonly BgeM3Encoder _sut = fixture.Encoder;

    [Fact]
    public async Task Sides_OfATextGiven_HaveWhatTheEncoderGives()
    {
        BgeM3Encoding encoding = Assert.Single(await _sut.EncodeAsync([Text]));
        GeneratedEmbeddings<SparseEmbedding> sparse = await _sut.Sparse.GenerateAsync([Text]);
        GeneratedEmbeddings<Embedding<float>> dense = await _sut.Dense.GenerateAsync([Text]);
        Assert.Equal(encoding.Sparse, sparse[0].Vector);
        Assert.Equal(encoding.Dense.ToArray(), dense[0].Vector.ToArray());
        Assert.Equal((encoding.TokenCount, "random-bge-m3", false), (sparse[0].TokenCount, sparse[0].ModelId, sparse[0].Truncated));
        Assert.Equal((encoding.TokenCount, encoding.TokenCount), (sparse.Usage!.InputTokenCount, dense.Usage!.InputTokenCount));
        Assert.Empty(await _sut.EncodeAsync([]));
    }

    [Fact]
    public void GetService_PartsOfTheSides_AreGivenOut()
    {
        var sparse = _sut.Sparse.GetRequiredService<EmbeddingGeneratorMetadata>();
        var dense = _sut.Dense.GetRequiredService<EmbeddingGeneratorMetadata>();
        Assert.Equal(("splade.ai", "random-bge-m3", 2992), (sparse.ProviderName, sparse.DefaultModelId, sparse.DefaultModelDimensions));
        Assert.Equal(("random-bge-m3", 32), (dense.DefaultModelId, dense.DefaultModelDimensions));
        Assert.Same(_sut, _sut.Sparse.GetService<BgeM3Encoder>());
        Assert.Same(_sut, _sut.Dense.GetService<BgeM3Encoder>());
        Assert.Same(_sut.Tokenizer, _sut.Sparse.GetService<Tokenizer>());
        Assert.Equal(_sut.Identity, _sut.Sparse.GetService<SparseModelIdentity>());
        Assert.Equal((64, false, 128), (_sut.Identity.ModelHash!.Length, _sut.Identity.RequiresIdf, _sut.MaxTokens));
        Assert.Null(_sut.Dense.GetService<SparseModelIdentity>());
        Assert.NotEqual(_sut.SparseCacheKeyAdditionalValues, _sut.DenseCacheKeyAdditionalValues);
    }

    [Fact]
    public async Task HybridRetriever_OverBothSides_RunsTheModelOnce()
    {
        using TemporaryModel model = TemporaryModel.CopyOf(BgeM3Reference.Folder, "joint-" + Path.GetRandomFileName());
        using var spans = new SpanLog(SpladeTelemetry.ActivitySourceName);
        await using BgeM3Encoder encoder = await BgeM3Encoder.CreateAsync(model.Folder);
        var store = EmbeddedHybridStore.CreateInMemory();
        var sut = new HybridRetriever(store, encoder.Sparse, encoder.Dense);
        await sut.AddAsync([new("1", Text), new("2", "another text")]);
        HybridSearchResult result = await sut.SearchAsync("World");
        Assert.Equal(2, spans.Of(encoder.ModelName).Length);
        Assert.Equal("1", result.Hits[0].Record.Id);
        BgeM3Encoding document = Assert.Single(await encoder.EncodeAsync([Text]));
        Assert.Equal(document.Sparse, result.Hits[0].Record.Sparse);
        Assert.Equal(document.Dense.ToArray(), result.Hits[0].Record.Dense.ToArray());

        // What stands around a side is not passed by.
        using var counting = new CountingGenerator<SparseEmbedding>(encoder.Sparse);
        await new HybridRetriever(store, counting, encoder.Dense).SearchAsync("World");
        Assert.Equal(1, counting.Texts);
    }

    [Fact]
    public async Task ExplainAsync_RepeatedWord_TellsThePositionThatWon()
    {
        TextExplanation explanation = await _sut.ExplainAsync(Text, new ExplanationOptions { RunnersUp = 5 });
        Assert.NotEmpty(explanation.Terms);
        Assert.Null(explanation.SpansUnavailableReason);
        Assert.Equal(1, explanation.LiteralShare, 6);
        Assert.All(explanation.Terms, term =>
        {
            Assert.Equal((TermOrigin.Literal, term.Weight), (term.Origin, term.Source!.Value.Activation));
            Assert.All(term.RunnersUp, other => Assert.True(other.Activation <= term.Weight));
        });
        Assert.Contains(explanation.Terms, term => term.RunnersUp.Count > 0);
        ExplainedTerm found = explanation.Terms.First(term => term.Source!.Value.Span is not null);
        Assert.Contains(found.Source!.Value.Span!.Value, found.Occurrences);
    }

    [Fact]
    public async Task ExplainMatchAsync_TwoTexts_AddsUpToTheScore()
    {
        MatchExplanation explanation = await _sut.ExplainMatchAsync("World", Text, new ExplanationOptions { Top = 1 });
        IReadOnlyList<BgeM3Encoding> encodings = await _sut.EncodeAsync(["World", Text]);
        Assert.Equal(encodings[0].Sparse.Dot(encodings[1].Sparse), explanation.Score);
        Assert.Single(explanation.Terms);
    }

    [Fact]
    public async Task GenerateAsync_WhatTheModelDoesNotHave_IsRefused()
    {
        await RefusesAsync("SlidingWindowMax", new SpladeEmbeddingGenerationOptions { Encoding = { LongTextHandling = LongTextHandling.SlidingWindowMax } });
        await RefusesAsync("MaxTokens is 129", new SpladeEmbeddingGenerationOptions { Encoding = { MaxTokens = 129 } });
        await RefusesAsync("'other'", new EmbeddingGenerationOptions { ModelId = "other" });
        var fewer = new SpladeEmbeddingGenerationOptions { Encoding = { MaxActiveDimensions = 1 } };
        await Assert.ThrowsAsync<ArgumentException>(() => _sut.Dense.GenerateAsync(["a"], fewer));
        Assert.Equal(1, (await _sut.Sparse.GenerateAsync([Text], fewer))[0].Vector.Count);
        var fits = new SpladeEncodingOptions { MaxTokens = 4, LongTextHandling = LongTextHandling.Throw };
        await Assert.ThrowsAsync<TextTooLongException>(() => _sut.EncodeAsync([Text], fits));
        Assert.True((await _sut.EncodeAsync([Text], new SpladeEncodingOptions { MaxTokens = 4 }))[0].Truncated);

        async Task RefusesAsync(string words, EmbeddingGenerationOptions options) => Assert.Contains(
            words, (await Assert.ThrowsAnyAsync<ArgumentException>(() => _sut.Sparse.GenerateAsync(["a"], options))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateAsync_FolderOfAnotherModel_SaysWhatWasFound()
    {
        string bare = Path.Combine(Repository.TestData, "models", "random-minicoil");
        Assert.Contains("'last_hidden_state' [?, ?, 32]], and there is no lexical head", await ErrorOfAsync(bare), StringComparison.Ordinal);
        Assert.Contains("fill-mask", await ErrorOfAsync(EngineFixture.ModelFolder), StringComparison.Ordinal);
        using TemporaryModel model = TemporaryModel.CopyOf(BgeM3Reference.Folder);
        model.Replace("sparse_linear.safetensors", "model.safetensors");
        Assert.Contains("expected 'weight' and 'bias'", await ErrorOfAsync(model.Folder, "model.safetensors"), StringComparison.Ordinal);
        model.Delete("sparse_linear.safetensors");
        model.Delete("sparse_linear.pt");
        Assert.Contains("no lexical head", await ErrorOfAsync(model.Folder, "model.safetensors"), StringComparison.Ordinal);

        static async Task<string> ErrorOfAsync(string folder, string? file = null) =>
            (await Assert.ThrowsAsync<SpladeModelException>(() => BgeM3Encoder.CreateAsync(new BgeM3Options(folder) { ModelFile = file }))).Message;
    }

    [Fact]
    public async Task AddBgeM3Encoder_Built_GivesBothSidesOfOneEncoder()
    {
        IEmbeddingGenerator<string, SparseEmbedding> sparse;
        var services = new ServiceCollection();
        services.AddBgeM3Encoder(BgeM3Reference.Folder, options => options.Encoding.MaxTokens = 64);
        services.AddKeyedBgeM3Encoder("other", BgeM3Reference.Folder);
        await using (ServiceProvider provider = services.BuildServiceProvider(validateScopes: true))
        {
            sparse = provider.GetRequiredService<IEmbeddingGenerator<string, SparseEmbedding>>();
            var dense = provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();
            Assert.Same(sparse.GetRequiredService<BgeM3Encoder>(), dense.GetRequiredService<BgeM3Encoder>());
            Assert.Equal(64, sparse.GetRequiredService<BgeM3Encoder>().MaxTokens);
            Assert.Equal(32, (await dense.GenerateVectorAsync("mars")).Length);
            var other = provider.GetRequiredKeyedService<IEmbeddingGenerator<string, SparseEmbedding>>("other");
            Assert.Equal(128, other.GetRequiredService<BgeM3Encoder>().MaxTokens);
            Assert.Same(((IJointSide)sparse).Joint, ((IJointSide)dense).Joint);
            Assert.NotNull(((IJointSide)sparse).Joint);
        }

        await Assert.ThrowsAsync<ObjectDisposedException>(() => sparse.GenerateAsync(["late"]));
    }

    [Fact]
    public async Task Dispose_Twice_RefusesLaterCalls()
    {
        BgeM3Encoder sut = await BgeM3Encoder.CreateAsync(BgeM3Reference.Folder);
        sut.Dispose();
        await sut.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => sut.EncodeAsync(["late"]));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => sut.Dense.GenerateAsync(["late"]));
    }
}
