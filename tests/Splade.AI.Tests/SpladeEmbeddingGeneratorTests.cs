using Microsoft.Extensions.AI;
using Splade.AI.Tests.TestData;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests;

public sealed class SpladeEmbeddingGeneratorTests(EngineFixture fixture) : IClassFixture<EngineFixture>, IDisposable
{
    private readonly SpladeEmbeddingGenerator _generator = new(fixture.Engine);

    public void Dispose() => _generator.Dispose();

    [Fact]
    public async Task GenerateAsync_Texts_OneEmbeddingEachInOrderWithUsage()
    {
        GeneratedEmbeddings<SparseEmbedding> embeddings = await _generator.GenerateAsync(["the red planet", "mars"]);
        IReadOnlyList<SpladeEncoding> encodings = await fixture.Engine.EncodeAsync(["the red planet", "mars"]);
        Assert.Equal(encodings.Select(e => e.Vector), embeddings.Select(e => e.Vector));
        Assert.Equal([5, 3], embeddings.Select(e => e.TokenCount));
        Assert.All(embeddings, e => Assert.Equal("splade-tiny", e.ModelId));
        Assert.All(embeddings, e => Assert.InRange(DateTimeOffset.UtcNow - e.CreatedAt!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(1)));
        Assert.Equal((8, 8), (embeddings.Usage!.InputTokenCount, embeddings.Usage.TotalTokenCount));
        Assert.Equal(0, embeddings.Usage.AdditionalCounts![SpladeTelemetry.TruncatedInputs]);
    }

    [Fact]
    public async Task GenerateAsync_LongText_IsReportedAsTruncated()
    {
        GeneratedEmbeddings<SparseEmbedding> embeddings = await _generator.GenerateAsync([string.Join(' ', Enumerable.Repeat("the", 600)), "mars"]);
        Assert.Equal([true, false], embeddings.Select(e => e.Truncated));
        Assert.Equal(1, embeddings.Usage!.AdditionalCounts![SpladeTelemetry.TruncatedInputs]);
    }

    [Fact]
    public async Task GenerateAsync_LongTextHandling_IsThatOfTheOptions()
    {
        string[] texts = [LongTexts.Create(seed: 6, characters: 6000), "mars"];
        var sliding = new SpladeEmbeddingGenerationOptions { Encoding = { LongTextHandling = LongTextHandling.SlidingWindowMax, WindowOverlap = 100 } };
        IReadOnlyList<SpladeEncoding> expected = await fixture.Engine.EncodeAsync(
            texts, new SpladeEncodingOptions { LongTextHandling = LongTextHandling.SlidingWindowMax, WindowOverlap = 100 });
        GeneratedEmbeddings<SparseEmbedding> actual = await _generator.GenerateAsync(texts, sliding);
        AssertSame(expected, actual);
        Assert.Equal(expected.Select(e => ((int?)e.TokenCount, e.Truncated)), actual.Select(e => (e.TokenCount, e.Truncated)));
        Assert.Equal((0, expected.Sum(e => e.TokenCount)), (actual.Usage!.AdditionalCounts![SpladeTelemetry.TruncatedInputs], actual.Usage.InputTokenCount));

        // One embedding per text, whatever the mode; what the native options say goes first.
        sliding.Encoding.LongTextHandling = LongTextHandling.SlidingWindowPassages;
        AssertSame(expected, await _generator.GenerateAsync(texts, sliding));
        sliding.RawRepresentationFactory = _ => new SpladeEncodingOptions { LongTextHandling = LongTextHandling.Throw };
        Assert.Equal(0, (await Assert.ThrowsAsync<TextTooLongException>(() => _generator.GenerateAsync(texts, sliding))).Position);
    }

    [Fact]
    public async Task GenerateAsync_NoTexts_GivesNothing() => Assert.Empty(await _generator.GenerateAsync([]));

    [Fact]
    public async Task GenerateAsync_NullArguments_Throw()
    {
        await Assert.ThrowsAsync<ArgumentNullException>("values", () => _generator.GenerateAsync(null!));
        var error = await Assert.ThrowsAsync<ArgumentException>("values", () => _generator.GenerateAsync(["a", null!]));
        Assert.Contains("position 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GenerateAsync_OptionsForAnotherModel_AreRefused()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>("options", () => _generator.GenerateAsync(["a"], new EmbeddingGenerationOptions { ModelId = "bert" }));
        Assert.Contains("'splade-tiny'", error.Message, StringComparison.Ordinal);
        error = await Assert.ThrowsAsync<ArgumentException>("options", () => _generator.GenerateAsync(["a"], new EmbeddingGenerationOptions { Dimensions = 8 }));
        Assert.Contains(
            "has 30522. Leave Dimensions unset. To keep the heaviest entries only, set SpladeEncodingOptions.MaxActiveDimensions.",
            error.Message, StringComparison.Ordinal);
        Assert.Single(await _generator.GenerateAsync(["a"], new EmbeddingGenerationOptions { ModelId = "splade-tiny", Dimensions = 30522 }));
    }

    [Fact]
    public void GetService_KnownTypes_AreGiven()
    {
        Assert.Same(fixture.Engine, _generator.GetService<SpladeEngine>());
        Assert.Same(fixture.Engine.Tokenizer, _generator.GetService<Tokenizer>());
        Assert.Same(fixture.Engine.Vocabulary, _generator.GetService<Vocabulary>());
        Assert.Same(_generator, _generator.GetService<IEmbeddingGenerator<string, SparseEmbedding>>());
        Assert.Null(_generator.GetService<SpladeEngine>("key"));
        Assert.Null(_generator.GetService<string>());
        Assert.Throws<ArgumentNullException>("serviceType", () => _generator.GetService(null!));
        var metadata = _generator.GetService<EmbeddingGeneratorMetadata>()!;
        Assert.Equal(("splade.ai", "splade-tiny", 30522), (metadata.ProviderName, metadata.DefaultModelId, metadata.DefaultModelDimensions));
    }

    [Fact]
    public async Task Views_ForQueriesAndDocuments_UseThePromptOfEach()
    {
        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny();
        model.Write("config_sentence_transformers.json", """{"prompts": {"query": "find ", "document": "read "}}""");
        using SpladeEmbeddingGenerator documents = await SpladeEmbeddingGenerator.CreateAsync(model.Folder);
        using SpladeEmbeddingGenerator queries = documents.AsQueryGenerator();
        var asQuery = new SpladeEmbeddingGenerationOptions { Encoding = { InputType = EmbeddingInputType.Query } };
        var unsaid = new SpladeEmbeddingGenerationOptions();

        SparseVector find = await VectorAsync(_generator, "find mars");
        SparseVector read = await VectorAsync(_generator, "read mars");
        Assert.Equal(read, await VectorAsync(documents, "mars"));
        Assert.Equal(find, await VectorAsync(documents, "mars", asQuery));
        Assert.Equal(find, await VectorAsync(queries, "mars"));
        Assert.Equal(find, await VectorAsync(queries, "mars", unsaid));
        Assert.Equal(read, await VectorAsync(queries.AsDocumentGenerator(), "mars"));
        Assert.Equal(find, await VectorAsync(documents, "mars", new EmbeddingGenerationOptions
        {
            RawRepresentationFactory = _ => new SpladeEncodingOptions { InputType = EmbeddingInputType.Query },
        }));
    }

    [Fact]
    public async Task GenerateAsync_OptionsOfTheCall_AreThoseOfTheEncoding()
    {
        var said = new SpladeEmbeddingGenerationOptions { Encoding = { Prompt = "find ", MaxTokens = 4, MaxActiveDimensions = 3 } };
        SpladeEncoding expected = (await fixture.Engine.EncodeAsync(["mars"], new() { Prompt = "find ", MaxTokens = 4, MaxActiveDimensions = 3 }))[0];
        Assert.Equal(expected.Vector, await VectorAsync(_generator, "mars", said));
        Assert.Equal(3, expected.Vector.Count);
        await Assert.ThrowsAsync<ArgumentException>(() => VectorAsync(_generator, "mars", new SpladeEmbeddingGenerationOptions { Encoding = { PromptName = "none" } }));

        // What the native options say goes before, and a prompt's name with them before a prompt.
        said.RawRepresentationFactory = _ => new SpladeEncodingOptions { MaxActiveDimensions = 2 };
        Assert.Equal(2, (await VectorAsync(_generator, "mars", said)).Count);
        said.RawRepresentationFactory = _ => new SpladeEncodingOptions { PromptName = "none" };
        await Assert.ThrowsAsync<ArgumentException>(() => VectorAsync(_generator, "mars", said));
    }

    [Fact]
    public async Task Dispose_OwnerOfTheEngine_DisposesItAndAViewDoesNot()
    {
        SpladeEmbeddingGenerator owner = await SpladeEmbeddingGenerator.CreateAsync(EngineFixture.ModelFolder);
        SpladeEmbeddingGenerator view = owner.AsQueryGenerator();
        view.Dispose();
        Assert.Single(await owner.GenerateAsync(["a"]));
        owner.Dispose();
        owner.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => view.GenerateAsync(["a"]));
    }

    private static void AssertSame(IReadOnlyList<SpladeEncoding> expected, GeneratedEmbeddings<SparseEmbedding> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        Assert.All(expected.Zip(actual), pair => ReferenceVectors.AssertSame(ReferenceVector.Of("engine", pair.First.Vector), pair.Second.Vector));
    }

    private static async Task<SparseVector> VectorAsync(SpladeEmbeddingGenerator generator, string text, EmbeddingGenerationOptions? options = null) =>
        (await generator.GenerateAsync([text], options))[0].Vector;
}
