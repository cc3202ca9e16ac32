using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Splade.AI.Tests.TestDoubles;

namespace Splade.AI.Tests;

/// <summary>The dense generator in a container.</summary>
public sealed class SpladeServiceCollectionExtensionsDenseTests
{
    private static readonly string Folder = Path.Combine(Repository.Models, "all-minilm-l6-v2-int8");

    private readonly ServiceCollection _services = new();

    [Fact]
    public async Task AddSpladeDenseEmbeddingGenerator_Built_EncodesAndIsDisposed()
    {
        CountingGenerator<Embedding<float>>? around = null;
        _services.AddSpladeDenseEmbeddingGenerator(
            Folder, options => options.Encoding.MaxTokens = 8, (generator, _) => around = new CountingGenerator<Embedding<float>>(generator));
        IEmbeddingGenerator<string, Embedding<float>> sut;
        DenseEmbeddingGenerator inner;
        await using (ServiceProvider provider = _services.BuildServiceProvider(validateScopes: true))
        {
            sut = provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();
            Assert.Equal(384, (await sut.GenerateVectorAsync("mars")).Length);
            inner = sut.GetRequiredService<DenseEmbeddingGenerator>();
            Assert.Equal(8, inner.MaxTokens);
        }

        Assert.Equal(1, around!.Disposals);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => sut.GenerateAsync(["late"]));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => inner.GenerateAsync(["late"]));
    }

    [Fact]
    public async Task AddKeyedSpladeDenseEmbeddingGenerator_BesideAnUnkeyedOne_HasItsOwnSettings()
    {
        _services.AddSpladeDenseEmbeddingGenerator(Folder).AddKeyedSpladeDenseEmbeddingGenerator("short", Folder, options => options.Encoding.MaxTokens = 8);
        await using ServiceProvider provider = _services.BuildServiceProvider(validateScopes: true);
        var all = provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();
        var some = provider.GetRequiredKeyedService<IEmbeddingGenerator<string, Embedding<float>>>("short");
        Assert.Equal((256, 8), (all.GetRequiredService<DenseEmbeddingGenerator>().MaxTokens, some.GetRequiredService<DenseEmbeddingGenerator>().MaxTokens));
    }
}
