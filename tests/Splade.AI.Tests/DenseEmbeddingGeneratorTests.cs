using System.Numerics.Tensors;
using Microsoft.Extensions.AI;
using Splade.AI.Tests.TestData;

namespace Splade.AI.Tests;

public sealed class DenseEmbeddingGeneratorTests : IAsyncLifetime
{
    private DenseEmbeddingGenerator _generator = null!;

    public async Task InitializeAsync() => _generator = await DenseEmbeddingGenerator.CreateAsync(Path.Combine(Repository.Models, "all-minilm-l6-v2-int8"));

    public async Task DisposeAsync() => await _generator.DisposeAsync();

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
        Assert.Equal(1, embeddings.Usage.AdditionalCounts![SpladeUsage.TruncatedInputs]);
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
}
