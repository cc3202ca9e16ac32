using System.Numerics.Tensors;
using Microsoft.Extensions.AI;

namespace Splade.AI.Tests;

public sealed class DenseEmbeddingGeneratorTests(DenseFixture fixture) : IClassFixture<DenseFixture>
{
    private readonly DenseEmbeddingGenerator _generator = fixture.Generator;

    [Fact]
    public async Task GenerateAsync_Passages_AgreeWithTheFloatModel()
    {
        IReadOnlyList<ReferenceVector> expected = ReferenceVectors.Read("dense-passages.jsonl");
        Assert.Equal(46, expected.Count);
        GeneratedEmbeddings<Embedding<float>> actual = await _generator.GenerateAsync(expected.Select(e => e.Text));
        Assert.All(expected.Zip(actual), pair =>
            Assert.InRange(TensorPrimitives.CosineSimilarity(pair.First.Vector!, pair.Second.Vector.Span), 0.99f, 1.0001f));
    }

    [Fact]
    public async Task GenerateAsync_Texts_AreNormalisedAndReported()
    {
        GeneratedEmbeddings<Embedding<float>> embeddings = await _generator.GenerateAsync(["mars", string.Join(' ', Enumerable.Repeat("the", 300))]);
        Assert.All(embeddings, e => Assert.Equal(1f, TensorPrimitives.Norm(e.Vector.Span), 1e-5f));
        Assert.All(embeddings, e => Assert.Equal(("all-minilm-l6-v2-int8", 384), (e.ModelId, e.Dimensions)));
        Assert.Equal(3 + 256, embeddings.Usage!.InputTokenCount);
        Assert.Equal(1, embeddings.Usage.AdditionalCounts![SpladeTelemetry.TruncatedInputs]);
    }

    [Fact]
    public async Task GenerateAsync_LongTextHandling_ThrowIsHeardAndWindowsAreRefused()
    {
        string[] texts = ["mars", string.Join(' ', Enumerable.Repeat("the", 300))];
        var error = await Assert.ThrowsAsync<TextTooLongException>(() => GenerateAsync(LongTextHandling.Throw));
        Assert.Equal((1, 302, 256), (error.Position, error.TokenCount, error.MaxTokens));
        Assert.Equal(2, (await GenerateAsync(LongTextHandling.Truncate)).Count);
        await Assert.ThrowsAsync<ArgumentException>("options", () => GenerateAsync(LongTextHandling.SlidingWindowMax));
        await Assert.ThrowsAsync<ArgumentException>("options", () => GenerateAsync(LongTextHandling.SlidingWindowPassages));

        Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(LongTextHandling handling) =>
            _generator.GenerateAsync(texts, new SpladeEmbeddingGenerationOptions { Encoding = { LongTextHandling = handling } });
    }

    [Fact]
    public async Task GenerateAsync_InABatch_SameVectorAsAlone()
    {
        string[] texts = ReferenceVectors.Read("dense-passages.jsonl").Select(e => e.Text).ToArray();
        GeneratedEmbeddings<Embedding<float>> together = await _generator.GenerateAsync(texts);
        for (int i = 0; i < texts.Length; i += 5)
        {
            ReadOnlyMemory<float> alone = await _generator.GenerateVectorAsync(texts[i]);
            Assert.All(alone.ToArray().Zip(together[i].Vector.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        }
    }

    [Fact]
    public async Task GenerateAsync_ClsPooling_TakesTheFirstToken()
    {
        using TemporaryModel model = TemporaryModel.CopyOfDense();
        model.Write("1_Pooling/config.json", """{"pooling_mode": "cls"}""");
        model.Write("modules.json", """[{"path": "", "type": "m.Transformer"}, {"path": "1_Pooling", "type": "m.Pooling"}]""");
        await using DenseEmbeddingGenerator cls = await DenseEmbeddingGenerator.CreateAsync(model.Folder);
        ReadOnlyMemory<float> first = await cls.GenerateVectorAsync("mars");
        Assert.NotEqual(1f, TensorPrimitives.Norm(first.Span), 0.01f);
        ReadOnlyMemory<float> mean = await _generator.GenerateVectorAsync("mars");
        Assert.InRange(TensorPrimitives.CosineSimilarity(first.Span, mean.Span), -1f, 0.99f);
    }

    [Fact]
    public async Task GenerateAsync_OptionsOfTheCall_AreFollowedOrRefused()
    {
        ReadOnlyMemory<float> cut = await _generator.GenerateVectorAsync("mars is red", new SpladeEmbeddingGenerationOptions { Encoding = { MaxTokens = 3 } });
        Assert.Equal((await _generator.GenerateVectorAsync("mars")).ToArray(), cut.ToArray());
        ReadOnlyMemory<float> prompted = await _generator.GenerateVectorAsync("is red", new SpladeEmbeddingGenerationOptions { Encoding = { Prompt = "mars " } });
        Assert.Equal((await _generator.GenerateVectorAsync("mars is red")).ToArray(), prompted.ToArray());
        SpladeEmbeddingGenerationOptions[] wrong = [new() { Encoding = { MaxActiveDimensions = 8 } }, new() { Encoding = { MaxTokens = 257 } }, new() { Encoding = { PromptName = "none" } }];
        foreach (SpladeEmbeddingGenerationOptions options in wrong)
        {
            await Assert.ThrowsAsync<ArgumentException>(() => _generator.GenerateAsync(["mars"], options));
        }

        var fewer = new EmbeddingGenerationOptions { Dimensions = 8 };
        var error = await Assert.ThrowsAsync<ArgumentException>(() => _generator.GenerateAsync(["mars"], fewer));
        Assert.Contains("has 384. Leave Dimensions unset. (", error.Message, StringComparison.Ordinal);
        var named = new SpladeEmbeddingGenerationOptions { Encoding = { PromptName = "none" } };
        error = await Assert.ThrowsAsync<ArgumentException>("promptName", () => _generator.GenerateAsync(["mars"], named));
        Assert.Contains("has no prompts, so none is called 'none'. Give the prompt itself, or none.", error.Message, StringComparison.Ordinal);
        var nothing = new SpladeEmbeddingGenerationOptions { Encoding = { MaxTokens = 2 } };
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _generator.GenerateAsync(["mars"], nothing));
    }

    [Fact]
    public void GetService_Metadata_NamesModelAndSize()
    {
        var metadata = _generator.GetService<EmbeddingGeneratorMetadata>()!;
        Assert.Equal(("all-minilm-l6-v2-int8", 384), (metadata.DefaultModelId, metadata.DefaultModelDimensions));
        Assert.Same(_generator, _generator.GetService<IEmbeddingGenerator<string, Embedding<float>>>());
    }

    [Fact]
    public async Task GenerateAsync_NullArguments_Throw()
    {
        await Assert.ThrowsAsync<ArgumentNullException>("values", () => _generator.GenerateAsync(null!));
        await Assert.ThrowsAsync<ArgumentException>("values", () => _generator.GenerateAsync([null!]));
    }

    [Fact]
    public async Task Dispose_LaterCalls_AreRefused()
    {
        DenseEmbeddingGenerator generator = await DenseEmbeddingGenerator.CreateAsync(_generator.Model.Folder);
        generator.Dispose();
        generator.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => generator.GenerateAsync(["late"]));
    }

    [Theory]
    [InlineData("modules.json", """[{"path": "", "type": "m.Transformer"}, {"path": "1_Pooling", "type": "m.Pooling"}, {"path": "2", "type": "m.LSTM"}]""", "[Transformer, Pooling, LSTM]")]
    [InlineData("1_Pooling/config.json", "[]", "Found a list, expected an object")]
    [InlineData("1_Pooling/config.json", "{}", "The pooling is []")]
    [InlineData("1_Pooling/config.json", """{"pooling_mode": "mean", "word_embedding_dimension": 768}""", "rows of 384 numbers, expected 768")]
    [InlineData("onnx/model.onnx", "not an ONNX file", "ONNX Runtime cannot load the file")]
    [InlineData("config.json", """{"vocab_size": 100, "max_position_embeddings": 512}""", "'vocab_size' 100")]
    public async Task CreateAsync_WrongFile_IsRefused(string file, string content, string reason)
    {
        using TemporaryModel model = TemporaryModel.CopyOfDense();
        model.Write(file, content);
        var error = await Assert.ThrowsAsync<SpladeModelException>(() => DenseEmbeddingGenerator.CreateAsync(model.Folder));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateAsync_PromptsLeftOutOfTheMean_AreRefused()
    {
        using TemporaryModel model = TemporaryModel.CopyOfDense();
        model.Write("1_Pooling/config.json", """{"pooling_mode": "mean", "include_prompt": false}""");
        (await DenseEmbeddingGenerator.CreateAsync(model.Folder)).Dispose();
        model.Write("config_sentence_transformers.json", """{"prompts": {"query": "find: "}}""");
        var error = await Assert.ThrowsAsync<SpladeModelException>(() => DenseEmbeddingGenerator.CreateAsync(model.Folder));
        Assert.Contains("'include_prompt' is false", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("onnx/contract_indices_weights.onnx", "indices and weights")]
    [InlineData("onnx/model.onnx", "rows of 3000 numbers, expected 32")]
    public async Task CreateAsync_SparseModelAsADenseOne_IsRefused(string file, string reason)
    {
        using TemporaryModel model = TemporaryModel.CopyOfDistilBert();
        model.Write("modules.json", """[{"path": "", "type": "m.Transformer"}, {"path": "1_SpladePooling", "type": "m.Pooling"}]""");
        model.Write("1_SpladePooling/config.json", """{"pooling_mode": "mean"}""");
        model.Write("config_sentence_transformers.json", "{}");
        model.Write("sentence_bert_config.json", "{}");
        var options = new DenseEmbeddingGeneratorOptions(model.Folder) { ModelFile = file };
        var error = await Assert.ThrowsAsync<SpladeModelException>(() => DenseEmbeddingGenerator.CreateAsync(options));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }
}
