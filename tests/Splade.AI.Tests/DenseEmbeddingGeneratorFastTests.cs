using System.Numerics.Tensors;
using Microsoft.Extensions.AI;
using Splade.AI.Onnx;

namespace Splade.AI.Tests;

public sealed class DenseEmbeddingGeneratorFastTests : IAsyncLifetime
{
    private DenseEmbeddingGenerator _generator = null!;

    public async Task InitializeAsync() => _generator = await LoadAsync(Precision.Fast);

    public async Task DisposeAsync() => await _generator.DisposeAsync();

    [Fact]
    public async Task GenerateAsync_Passages_AgreeWithTheFloatModelAloneAndInCompany()
    {
        Assert.Equal((Precision.Fast, null), (_generator.Precision, _generator.PrecisionFallbackReason));
        IReadOnlyList<ReferenceVector> expected = ReferenceVectors.Read("dense-passages.jsonl");
        GeneratedEmbeddings<Embedding<float>> actual = await _generator.GenerateAsync(expected.Select(e => e.Text));
        Assert.All(expected.Zip(actual), pair =>
            Assert.InRange(TensorPrimitives.CosineSimilarity(pair.First.Vector!, pair.Second.Vector.Span), 0.99f, 0.9999f));
        for (int i = 0; i < expected.Count; i += 9)
        {
            Assert.Equal(actual[i].Vector.ToArray(), (await _generator.GenerateVectorAsync(expected[i].Text)).ToArray());
        }
    }

    [Fact]
    public async Task GenerateAsync_Exact_GivesTheVectorsOfTheGraphAsItIs()
    {
        string[] texts = [.. ReferenceVectors.Read("dense-passages.jsonl").Take(6).Select(e => e.Text)];
        await using DenseEmbeddingGenerator exact = await LoadAsync(Precision.Exact), plain = await LoadAsync(Precision.Exact, DecoderPlace.PlainGraph);
        GeneratedEmbeddings<Embedding<float>> found = await exact.GenerateAsync(texts), wanted = await plain.GenerateAsync(texts);
        Assert.All(wanted.Zip(found), pair => Assert.InRange(TensorPrimitives.Distance(pair.First.Vector.Span, pair.Second.Vector.Span), 0, 1e-5f));
        Assert.NotEqual(Key(exact), Key(_generator));
    }

    [Fact]
    public async Task CreateAsync_FastOnAGraphLeftAsItIs_RunsExactAndSaysWhy()
    {
        await using DenseEmbeddingGenerator exact = await LoadAsync(Precision.Fast, DecoderPlace.PlainGraph);
        Assert.Equal(Precision.Exact, exact.Precision);
        Assert.Contains("runs as it is", exact.PrecisionFallbackReason, StringComparison.Ordinal);
    }

    private static string Key(DenseEmbeddingGenerator generator) => string.Join('|', generator.CacheKeyAdditionalValues);

    private static Task<DenseEmbeddingGenerator> LoadAsync(Precision precision, DecoderPlace? place = null) => DenseEmbeddingGenerator.CreateAsync(
        new DenseEmbeddingGeneratorOptions(Path.Combine(Repository.Models, "all-minilm-l6-v2-int8")) { Precision = precision, DecoderPlace = place });
}
