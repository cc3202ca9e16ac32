using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Splade.AI.ModelFiles.Hub;
using Splade.AI.Tests.TestData;
using Splade.AI.Tests.TestDoubles;

namespace Splade.AI.Tests.ModelFiles.Hub;

/// <summary>Repositories that hold weights: each file that is needed is fetched once, in one form, and loads.</summary>
public sealed class SpladeModelHubWeightsTests : IDisposable
{
    private static readonly string[] Texts = ["The moon landing, 1969!"];

    private static readonly string[] OfOthers =
        ["tf_model.h5", "flax_model.msgpack", "adapter_model.safetensors", "rust_model.ot", "openvino/openvino_model.bin", "training_args.bin"];

    private readonly TemporaryCache _cache = new();

    public void Dispose() => _cache.Dispose();

    [Theory]
    [InlineData("nonzero-bert", "model.safetensors")]
    [InlineData("float16", "model.safetensors")]
    [InlineData("torch-zip", "pytorch_model.bin")]
    [InlineData("sharded", "model.safetensors.index.json", "model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors")]
    [InlineData("torch-sharded", "pytorch_model.bin.index.json", "pytorch_model-00001-of-00002.bin", "pytorch_model-00002-of-00002.bin")]
    public async Task ResolveAsync_WeightsOnly_AreFetchedOnceAndLoad(string model, params string[] weights)
    {
        await using HubServer server = ServerOf(model, OfOthers);

        string folder = await _cache.CreateHub(server).ResolveAsync(HubServer.Name);

        await AssertSameVectorsAsync(Variant(model), folder, weights[0]);
        Assert.All(weights, file => Assert.Equal(1, server.Downloads(file)));
        Assert.All(OfOthers, file => Assert.False(Path.Exists(Path.Combine(folder, file))));
        Assert.Single(_cache.CreateHub(server).ListCached());
    }

    [Fact]
    public async Task ResolveAsync_AllForms_OneIsFetched()
    {
        await using HubServer server = ServerOf("nonzero-distilbert", ["pytorch_model.bin"]);
        foreach (string other in (string[])["sharded", "torch-sharded"])
        {
            foreach (string path in Directory.GetFiles(Variant(other)).Where(f => f.Contains("model", StringComparison.Ordinal)))
            {
                server.Files.TryAdd(Path.GetFileName(path), await File.ReadAllBytesAsync(path));
            }
        }

        string folder = await _cache.CreateHub(server).ResolveAsync(HubServer.Name);

        await AssertSameVectorsAsync(Variant("nonzero-distilbert"), folder, "model.safetensors");
        string[] fetched = [.. Directory.GetFiles(folder, "*model*").Select(f => Path.GetFileName(f))];
        Assert.Equal(["model.safetensors"], fetched);
    }

    [Fact]
    public async Task ResolveAsync_OnnxFileBesideWeights_IsFetchedAlone()
    {
        await using var server = HubServer.WithFolder(Fixture("random-distilbert-cased"));
        string folder = await _cache.CreateHub(server).ResolveAsync(HubServer.Name);
        await AssertSameVectorsAsync(Fixture("random-distilbert-cased"), folder, "model.onnx");
        Assert.Equal(0, server.Downloads("model.safetensors"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CreateAsync_WeightsAskedFor_AreLoadedThoughTheCacheHasAnOnnxFile(bool ofTheHub)
    {
        await using var server = HubServer.WithFolder(Fixture("random-distilbert-cased"));
        await _cache.CreateHub(server).ResolveAsync(HubServer.Name);
        const string Weights = "model.safetensors";
        var options = new SpladeEngineOptions(HubServer.Name)
        {
            Hub = _cache.CreateHub(server, o => o.ModelFile = ofTheHub ? Weights : null),
            ModelFile = ofTheHub ? null : Weights,
        };

        await using SpladeEngine engine = await SpladeEngine.CreateAsync(options);

        Assert.Equal(Weights, Path.GetFileName(engine.Model.ModelFile));
        Assert.NotEqual(0, (await engine.EncodeAsync(Texts))[0].Vector.Count);
        Assert.Equal(1, server.Downloads(Weights));
    }

    [Fact]
    public async Task CreateAsync_WeightsInTheFolderOfARoute_AreLoaded()
    {
        const string Route = "document_0_Transformer/";
        await using var server = HubServer.WithFolder(Fixture("inference-free-idf"));
        var options = new SpladeEngineOptions(HubServer.Name) { Hub = _cache.CreateHub(server, o => o.ModelFile = Route + "model.safetensors") };

        await using SpladeEngine engine = await SpladeEngine.CreateAsync(options);

        await using SpladeEngine original = await SpladeEngine.CreateAsync(new SpladeEngineOptions(Fixture("inference-free-idf")) { ModelFile = "model.safetensors" });
        Assert.Equal((await original.EncodeAsync(Texts))[0].Vector, (await engine.EncodeAsync(Texts))[0].Vector);
        Assert.True(engine.Model.HasInferenceFreeQueries);
        Assert.DoesNotContain(server.Files.Keys, file => file.EndsWith(".onnx", StringComparison.Ordinal) && server.Downloads(file) > 0);
    }

    [Fact]
    public async Task CreateAsync_DenseModelOfWeights_IsLoadedByItsName()
    {
        await using var server = HubServer.WithFolder(Variant("dense-mean"));
        var options = new DenseEmbeddingGeneratorOptions(HubServer.Name) { Hub = _cache.CreateHub(server) };
        await using DenseEmbeddingGenerator generator = await DenseEmbeddingGenerator.CreateAsync(options);
        await using DenseEmbeddingGenerator original = await DenseEmbeddingGenerator.CreateAsync(Variant("dense-mean"));
        Assert.Equal((await original.GenerateAsync(Texts[0])).Vector.ToArray(), (await generator.GenerateAsync(Texts[0])).Vector.ToArray());
    }

    [Fact]
    public async Task AddSpladeEmbeddingGenerator_NameOfWeights_IsLoadedByTheFirstCall()
    {
        await using var server = HubServer.WithFolder(Variant("torch-zip"));
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSpladeEmbeddingGenerator(HubServer.Name, options => options.Hub = _cache.CreateHub(server));
        using IHost host = builder.Build();
        await host.StartAsync();
        Assert.Empty(server.Requests);
        var generator = host.Services.GetRequiredService<IEmbeddingGenerator<string, SparseEmbedding>>();
        SparseEmbedding embedding = await generator.GenerateAsync(Texts[0]);
        Assert.Equal(HubServer.Name, embedding.ModelId);
        Assert.NotEqual(0, embedding.Vector.Count);
    }

    [Fact]
    public async Task ResolveAsync_GatedWeights_AreLoadedWithAToken()
    {
        await using var server = HubServer.WithFolder(Variant("torch-zip"));
        server.RequiredToken = "hf_secret";
        var e = await Assert.ThrowsAsync<SpladeModelException>(() => _cache.CreateHub(server).ResolveAsync(HubServer.Name));
        Assert.Contains("accept its terms at", e.Message, StringComparison.Ordinal);
        string folder = await _cache.CreateHub(server, o => o.Token = "hf_secret").ResolveAsync(HubServer.Name);
        await AssertSameVectorsAsync(Variant("torch-zip"), folder, "pytorch_model.bin");
    }

    [Fact]
    public async Task ResolveAsync_DownloadCutOff_GoesOnWhereItStopped()
    {
        await using var server = HubServer.WithFolder(Variant("torch-zip"));
        server.Fail("/cdn/", HubFault.CutAfter(100_000));
        await Assert.ThrowsAsync<SpladeModelException>(() => _cache.CreateHub(server, o => o.MaxRetries = 0).ResolveAsync(HubServer.Name));
        string folder = await _cache.CreateHub(server).ResolveAsync(HubServer.Name);
        await AssertSameVectorsAsync(Variant("torch-zip"), folder, "pytorch_model.bin");
        Assert.Contains(server.Requests, r => r.RangeFrom == 100_000);
    }

    [Fact]
    public async Task ResolveAsync_ShardCutOff_LeavesNoIndexUntilAllAreThere()
    {
        const string Index = "model.safetensors.index.json";
        await using var server = HubServer.WithFolder(Variant("sharded"));
        server.Fail($"/cdn/{server.HashOf("model-00002-of-00002.safetensors")}", HubFault.CutAfter(1000));
        SpladeModelHub hub = _cache.CreateHub(server, o => o.MaxRetries = 0);
        await Assert.ThrowsAsync<SpladeModelException>(() => hub.ResolveAsync(HubServer.Name));
        Assert.Empty(hub.ListCached());
        Assert.False(File.Exists(Path.Combine(_cache.Snapshot, Index)));

        string folder = await hub.ResolveAsync(HubServer.Name);

        await AssertSameVectorsAsync(Variant("sharded"), folder, Index);
        Assert.Equal(1, server.Downloads("model-00001-of-00002.safetensors"));
    }

    [Theory]
    [InlineData("sharded", "model.safetensors.index.json", "model-00002-of-00002.safetensors")]
    [InlineData("torch-sharded", "pytorch_model.bin.index.json", "pytorch_model-00002-of-00002.bin")]
    public async Task ResolveAsync_ShardThatTheRepositoryLacks_IsNamed(string model, string index, string shard)
    {
        await using var server = HubServer.WithFolder(Variant(model));
        server.Files.Remove(shard);
        SpladeModelHub hub = _cache.CreateHub(server);
        var e = await Assert.ThrowsAsync<SpladeModelException>(() => hub.ResolveAsync(HubServer.Name));
        Assert.Contains($"{index} keeps numbers in '{shard}', and the repository 'acme/splade' has no such file", e.Message, StringComparison.Ordinal);
        Assert.Empty(hub.ListCached());
    }

    [Fact]
    public async Task ResolveAsync_ShardThatTheCacheLacks_IsFetchedOrNamed()
    {
        const string Shard = "model-00001-of-00002.safetensors";
        await using var server = HubServer.WithFolder(Variant("sharded"));
        string folder = await _cache.CreateHub(server).ResolveAsync(HubServer.Name);
        File.Delete(Path.Combine(folder, Shard));
        var e = await Assert.ThrowsAsync<SpladeModelException>(() => _cache.CreateHub(server, o => o.Offline = true).ResolveAsync(HubServer.Name));
        Assert.Contains($"is in the cache without {Shard}", e.Message, StringComparison.Ordinal);
        await _cache.CreateHub(server).ResolveAsync(HubServer.Name);
        await AssertSameVectorsAsync(Variant("sharded"), folder, "model.safetensors.index.json");
    }

    [Fact]
    public async Task ResolveAsync_IndexThatLeavesTheFolder_IsRefused()
    {
        await using var server = HubServer.WithFolder(Variant("sharded"));
        server.Files["model.safetensors.index.json"] = """{"weight_map": {"a": "../../../../etc/x.safetensors"}}"""u8.ToArray();
        var e = await Assert.ThrowsAsync<SpladeModelException>(() => _cache.CreateHub(server).ResolveAsync(HubServer.Name));
        Assert.Contains("expected the name of a file beside the index", e.Message, StringComparison.Ordinal);
    }

    private static string Fixture(string name) => Path.Combine(Repository.TestData, "models", name);

    private static string Variant(string name) => Fixture($"checkpoint-variants/{name}");

    private static HubServer ServerOf(string model, string[] others)
    {
        var server = HubServer.WithFolder(Variant(model));
        foreach (string other in others)
        {
            server.Files.Add(other, [1, 2, 3]);
        }

        return server;
    }

    private static async Task AssertSameVectorsAsync(string originalFolder, string folder, string modelFile)
    {
        await using SpladeEngine original = await SpladeEngine.CreateAsync(originalFolder);
        await using SpladeEngine downloaded = await SpladeEngine.CreateAsync(folder);
        Assert.Equal(modelFile, Path.GetFileName(downloaded.Model.ModelFile));
        SparseVector expected = (await original.EncodeAsync(Texts))[0].Vector;
        Assert.NotEqual(0, expected.Count);
        Assert.Equal(expected, (await downloaded.EncodeAsync(Texts))[0].Vector);
    }
}
