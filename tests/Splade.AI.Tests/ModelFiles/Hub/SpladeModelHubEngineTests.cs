using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Splade.AI.ModelFiles.Hub;
using Splade.AI.Tests.TestData;
using Splade.AI.Tests.TestDoubles;

namespace Splade.AI.Tests.ModelFiles.Hub;

public sealed class SpladeModelHubEngineTests
{
    [Fact]
    public async Task ResolveAsync_RealModel_IsDownloadedLoadedAndNamed()
    {
        using var cache = new TemporaryCache();
        await using var server = HubServer.WithFolder(EngineFixture.ModelFolder);
        string folder = await cache.CreateHub(server).ResolveAsync(HubServer.Name);
        await using SpladeEngine downloaded = await SpladeEngine.CreateAsync(folder);
        await using SpladeEngine original = await SpladeEngine.CreateAsync(EngineFixture.ModelFolder);
        Assert.Equal(HubServer.Name, downloaded.Model.Name);
        string[] texts = ["the moon landing"];
        Assert.Equal((await original.EncodeAsync(texts))[0].Vector, (await downloaded.EncodeAsync(texts))[0].Vector);
    }

    [Fact]
    public async Task CreateAsync_NameWithAHub_LoadsTheModelOfThatName()
    {
        using var cache = new TemporaryCache();
        await using var server = HubServer.WithFolder(EngineFixture.ModelFolder);
        var options = new SpladeEngineOptions(HubServer.Name) { Hub = cache.CreateHub(server) };

        await using SpladeEngine engine = await SpladeEngine.CreateAsync(options);

        Assert.Equal(HubServer.Name, engine.Model.Name);
        Assert.Equal(HubServer.Name, options.ModelFolder);
    }

    [Fact]
    public async Task CreateAsync_NameOfADenseModelWithAHub_LoadsIt()
    {
        using var cache = new TemporaryCache();
        await using var server = HubServer.WithFolder(Path.Combine(Repository.Models, "all-minilm-l6-v2-int8"));
        var options = new DenseEmbeddingGeneratorOptions(HubServer.Name) { Hub = cache.CreateHub(server) };
        await using DenseEmbeddingGenerator generator = await DenseEmbeddingGenerator.CreateAsync(options);
        Assert.Equal(HubServer.Name, generator.Model.Name);
    }

    [Fact]
    public async Task CreateAsync_NameWithAHubThatMayNotDownload_SaysHowItMay()
    {
        using var cache = new TemporaryCache();
        await using var server = HubServer.WithFolder(EngineFixture.ModelFolder);
        var options = new SpladeEngineOptions(HubServer.Name) { Hub = cache.CreateHub(server, o => o.Download = false) };

        var error = await Assert.ThrowsAsync<SpladeModelException>(() => SpladeEngine.CreateAsync(options));

        Assert.Contains("SpladeModelHubOptions.Download to true", error.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task CreateAsync_NameWithoutAHub_SaysThatThereIsOne()
    {
        Exception[] errors =
        [
            await Assert.ThrowsAsync<SpladeModelException>(() => SpladeEngine.CreateAsync("naver/splade-v3")),
            await Assert.ThrowsAsync<SpladeModelException>(() => DenseEmbeddingGenerator.CreateAsync("BAAI/bge-small-en-v1.5")),
        ];
        Assert.Contains("If 'naver/splade-v3' is a model's name", errors[0].Message, StringComparison.Ordinal);
        Assert.All(errors, e => Assert.Contains("set Hub of the options to a SpladeModelHub", e.Message, StringComparison.Ordinal));
        Assert.All(errors, e => Assert.Contains("SpladeModelHub.ResolveAsync", e.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task AddSpladeEngine_NameWithAHub_IsDownloadedByTheFirstCallAndNotBefore()
    {
        using var cache = new TemporaryCache();
        await using var server = HubServer.WithFolder(EngineFixture.ModelFolder);
        using var root = new TemporaryFolder();
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new() { ContentRootPath = root.Path });
        builder.Services.AddSpladeEngine(HubServer.Name, options => options.Hub = cache.CreateHub(server));
        builder.Services.AddSpladeEmbeddingGenerator();
        using IHost host = builder.Build();

        await host.StartAsync();
        int requestsOfTheStart = server.Requests.Count;
        var generator = host.Services.GetRequiredService<IEmbeddingGenerator<string, SparseEmbedding>>();
        SparseEmbedding embedding = await generator.GenerateAsync("the moon landing");

        Assert.Equal((0, HubServer.Name), (requestsOfTheStart, embedding.ModelId));
    }

    [Fact]
    public async Task AddGenerators_NamesWithoutAHub_AreRefusedAtTheStartAndSayThatThereIsOne()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSpladeEmbeddingGenerator("naver/splade-v3");
        builder.Services.AddSpladeDenseEmbeddingGenerator("BAAI/bge-small-en-v1.5");
        using IHost host = builder.Build();
        var error = await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync());
        Assert.Contains("If 'naver/splade-v3' is a model's name", error.Message, StringComparison.Ordinal);
        Assert.Contains("set Hub of the options to a SpladeModelHub", error.Message, StringComparison.Ordinal);
        Assert.Contains("If 'BAAI/bge-small-en-v1.5' is a model's name", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddSpladeEngine_NeitherFolderNorName_IsRefusedAtTheStart()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSpladeEngine("models/none/at-all", options => options.Hub = new SpladeModelHub());
        using IHost host = builder.Build();
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
        Assert.Contains("no name of a model either", error.Message, StringComparison.Ordinal);
    }
}
