using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Splade.AI.Hybrid;

namespace Splade.AI.Tests;

/// <summary>The reranker in a container.</summary>
public sealed class SpladeServiceCollectionExtensionsRerankingTests
{
    private static readonly string Folder = Path.Combine(Repository.TestData, "models", "random-cross-encoder");

    private readonly ServiceCollection _services = new();

    [Fact]
    public async Task AddCrossEncoderReranker_Built_ReranksAndIsDisposed()
    {
        IReranker sut;
        _services.AddCrossEncoderReranker(Folder, options => options.Encoding.MaxTokens = 16);
        await using (ServiceProvider provider = _services.BuildServiceProvider(validateScopes: true))
        {
            sut = provider.GetRequiredService<IReranker>();
            Assert.Equal(2, (await sut.RerankAsync("tides", ["the moon", "bread"])).Count);
            Assert.Equal(16, ((CrossEncoderReranker)sut.GetService(typeof(CrossEncoderReranker))!).MaxTokens);
        }

        await Assert.ThrowsAsync<ObjectDisposedException>(() => sut.RerankAsync("tides", ["late"]));
    }

    [Fact]
    public async Task AddKeyedCrossEncoderReranker_Section_SetsLabelAndTruncation()
    {
        var settings = new Dictionary<string, string?> { ["R:ModelFolder"] = $"{Folder}-nli", ["R:Label"] = "neutral", ["R:Truncation"] = "QueryThenText" };
        IConfigurationRoot configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        _services.AddKeyedCrossEncoderReranker("nli", configuration.GetSection("R"));
        await using ServiceProvider provider = _services.BuildServiceProvider(validateScopes: true);
        CrossEncoderRerankerOptions options = provider.GetRequiredService<IOptionsMonitor<CrossEncoderRerankerOptions>>().Get("nli");
        Assert.Equal(("neutral", PairTruncation.QueryThenText), (options.Label, options.Truncation));
        Assert.Single(await provider.GetRequiredKeyedService<IReranker>("nli").RerankAsync("tides", ["the moon"]));
        Assert.Null(provider.GetService<IReranker>());
    }

    [Fact]
    public async Task AddCrossEncoderReranker_LabelMissing_IsSaidBeforeTheLoad()
    {
        _services.AddCrossEncoderReranker($"{Folder}-nli");
        await using ServiceProvider provider = _services.BuildServiceProvider();
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => provider.GetRequiredService<IReranker>().RerankAsync("tides", ["the moon"]));
        Assert.StartsWith("The reranker cannot be loaded.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddSpladeHybridRetriever_BesideAReranker_HasIt()
    {
        _services
            .AddSpladeEmbeddingGenerator(EngineFixture.ModelFolder)
            .AddSpladeDenseEmbeddingGenerator(Path.Combine(Repository.Models, "all-minilm-l6-v2-int8"))
            .AddCrossEncoderReranker(Folder)
            .AddSpladeHybridRetriever(EmbeddedHybridStore.CreateInMemory());
        await using ServiceProvider provider = _services.BuildServiceProvider(validateScopes: true);
        Assert.Same(provider.GetRequiredService<IReranker>(), provider.GetRequiredService<HybridRetriever>().Reranker);
    }
}
