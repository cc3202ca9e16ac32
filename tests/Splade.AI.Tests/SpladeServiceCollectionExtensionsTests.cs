using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Splade.AI.Tests.TestDoubles;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests;

/// <summary>What a container gives out: lazily, once, by key, and disposed with it.</summary>
public sealed class SpladeServiceCollectionExtensionsTests
{
    private static readonly string DistilBert = Path.Combine(Repository.TestData, "models", "random-distilbert-cased");

    private readonly ServiceCollection _services = new();

    [Fact]
    public async Task AddSpladeEmbeddingGenerator_Built_EncodesAsTheEngineDoes()
    {
        _services.AddSpladeEngine(EngineFixture.ModelFolder).AddSpladeEmbeddingGenerator();
        await using ServiceProvider provider = Build();
        var generator = provider.GetRequiredService<IEmbeddingGenerator<string, SparseEmbedding>>();
        SparseEmbedding embedding = await generator.GenerateAsync("the red planet");
        var engine = provider.GetRequiredService<SpladeEngine>();
        Assert.Equal((await engine.EncodeAsync(["the red planet"]))[0].Vector, embedding.Vector);
        Assert.Same(engine, generator.GetRequiredService<SpladeEngine>());
    }

    [Fact]
    public async Task AddSpladeEmbeddingGenerator_WithAFolder_AddsTheEngineToo()
    {
        _services.AddSpladeEmbeddingGenerator(EngineFixture.ModelFolder, options => options.Encoding.MaxTokens = 16, EmbeddingInputType.Query);
        _services.AddKeyedSpladeEmbeddingGenerator(EmbeddingInputType.Document, EngineFixture.ModelFolder);
        await using ServiceProvider provider = Build();
        var queries = provider.GetRequiredService<IEmbeddingGenerator<string, SparseEmbedding>>();
        var documents = provider.GetRequiredKeyedService<IEmbeddingGenerator<string, SparseEmbedding>>(EmbeddingInputType.Document);
        Assert.Equal((16, 512), (queries.GetRequiredService<SpladeEngine>().MaxTokens, documents.GetRequiredService<SpladeEngine>().MaxTokens));
        Assert.Same(provider.GetRequiredService<SpladeEngine>(), queries.GetService<SpladeEngine>());
        Assert.Same(provider.GetRequiredKeyedService<SpladeEngine>(EmbeddingInputType.Document), documents.GetService<SpladeEngine>());
    }

    [Fact]
    public void AddKeyedSpladeEngine_KeysOfOneText_AreRefused()
    {
        _services.AddKeyedSpladeEngine(1, "folder").AddKeyedSpladeEngine(1, "folder").AddKeyedSpladeEngine(null, "folder");
        var error = Assert.Throws<ArgumentException>(() => _services.AddKeyedSpladeEngine("1", "folder"));
        Assert.Contains("of type Int32, has the text '1' too", error.Message, StringComparison.Ordinal);
        _services.AddKeyedSpladeDenseEmbeddingGenerator("1", "folder");
    }

    [Fact]
    public async Task AddSpladeEmbeddingGenerator_NonGenericInterface_IsLeftToDenseGenerators()
    {
        _services.AddSpladeEngine(EngineFixture.ModelFolder).AddSpladeEmbeddingGenerator().AddKeyedSpladeEmbeddingGenerator("queries");
        _services.AddSpladeDenseEmbeddingGenerator("dense");
        await using ServiceProvider provider = Build();
        Assert.Null(provider.GetService<IEmbeddingGenerator>());
        Assert.Null(provider.GetKeyedService<IEmbeddingGenerator>("queries"));
    }

    [Fact]
    public async Task Resolve_SixtyFourFirstCallers_LoadTheModelOnce()
    {
        using var log = new TestLoggerFactory();
        _services.AddSingleton<ILoggerFactory>(log);
        _services.AddSpladeEngine(EngineFixture.ModelFolder).AddSpladeEmbeddingGenerator();
        await using ServiceProvider provider = Build();
        SparseVector[] vectors = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(async () => i % 4 == 0
            ? (await provider.GetRequiredService<SpladeEngine>().EncodeAsync(["mars"]))[0].Vector
            : (await provider.GetRequiredService<IEmbeddingGenerator<string, SparseEmbedding>>().GenerateAsync("mars")).Vector)));
        Assert.All(vectors, v => Assert.Equal(vectors[0].Indices.ToArray(), v.Indices.ToArray()));
        Assert.Single(log.Entries, e => e.Message.StartsWith("Loaded splade-tiny", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Generators_OfDocumentsAndQueries_ShareOneEngine()
    {
        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny();
        model.Write("config_sentence_transformers.json", """{"prompts": {"query": "find ", "document": "read "}}""");
        _services.AddSpladeEngine(model.Folder).AddSpladeEmbeddingGenerator();
        _services.AddKeyedSpladeEmbeddingGenerator("queries", EmbeddingInputType.Query);
        await using ServiceProvider provider = Build();
        var documents = provider.GetRequiredService<IEmbeddingGenerator<string, SparseEmbedding>>();
        var queries = provider.GetRequiredKeyedService<IEmbeddingGenerator<string, SparseEmbedding>>("queries");
        var plain = new SpladeEmbeddingGenerationOptions { Encoding = { Prompt = "" } };
        Assert.Equal((await documents.GenerateAsync("read mars", plain)).Vector, (await documents.GenerateAsync("mars")).Vector);
        Assert.Equal((await documents.GenerateAsync("find mars", plain)).Vector, (await queries.GenerateAsync("mars")).Vector);
        Assert.Same(documents.GetService<SpladeEngine>(), queries.GetService<SpladeEngine>());
    }

    [Fact]
    public async Task Engines_UnderKeys_StandSideBySide()
    {
        _services.AddSpladeEngine(EngineFixture.ModelFolder);
        _services.AddKeyedSpladeEngine("cased", DistilBert, options => options.Encoding.MaxTokens = 16);
        _services.AddKeyedSpladeEngine("short", options => options.ModelFolder = EngineFixture.ModelFolder);
        _services.Configure<SpladeEngineOptions>("short", options => options.Encoding.MaxTokens = 8);
        _services.AddKeyedSpladeEmbeddingGenerator("cased", engineKey: "cased");
        await using ServiceProvider provider = Build();
        SpladeEngine[] engines =
        [
            provider.GetRequiredService<SpladeEngine>(), .. new[] { "cased", "short" }.Select(key => provider.GetRequiredKeyedService<SpladeEngine>(key)),
        ];
        Assert.Equal([("splade-tiny", 512), ("random-distilbert-cased", 16), ("splade-tiny", 8)], engines.Select(e => (e.Model.Name, e.MaxTokens)));
        var cased = provider.GetRequiredKeyedService<IEmbeddingGenerator<string, SparseEmbedding>>("cased");
        Assert.Same(engines[1], cased.GetService<SpladeEngine>());
        Assert.Null(provider.GetKeyedService<SpladeEngine>("german"));
    }

    [Fact]
    public async Task AddSpladeEngine_Again_IsTheSameEngineWithTheLaterSettings()
    {
        _services.AddSpladeEngine("nowhere", options => options.Encoding.MaxTokens = 9).AddSpladeEngine(EngineFixture.ModelFolder);
        await using ServiceProvider provider = Build();
        SpladeEngine engine = Assert.Single(provider.GetServices<SpladeEngine>());
        Assert.Equal(("splade-tiny", 9), (engine.Model.Name, engine.MaxTokens));
    }

    [Fact]
    public async Task Load_ThatFailed_IsTriedAgainWithTheFilesOfThatTime()
    {
        string folder = Path.Combine(Directory.CreateTempSubdirectory("splade-tests-").FullName, "late");
        _services.AddSpladeEngine(folder).AddSpladeEmbeddingGenerator();
        await using ServiceProvider provider = Build();
        var generator = provider.GetRequiredService<IEmbeddingGenerator<string, SparseEmbedding>>();
        for (int i = 0; i < 2; i++)
        {
            var missing = await Assert.ThrowsAsync<OptionsValidationException>(() => generator.GenerateAsync(["mars"]));
            Assert.StartsWith($"The SPLADE engine cannot be loaded. {folder}: There is no such folder. Expected the folder", missing.Message, StringComparison.Ordinal);
            Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<SpladeEngine>());
        }

        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny();
        byte[] whole = await File.ReadAllBytesAsync(model.PathOf("onnx/model.onnx"));
        await File.WriteAllBytesAsync(model.PathOf("onnx/model.onnx"), whole[..1000]);
        Directory.Move(model.Folder, folder);
        var damaged = await Assert.ThrowsAsync<SpladeModelException>(() => generator.GenerateAsync(["mars"]));
        Assert.StartsWith(folder, damaged.Path, StringComparison.Ordinal);
        Assert.Throws<SpladeModelException>(() => generator.GetService<SpladeEngine>());

        await File.WriteAllBytesAsync(Path.Combine(folder, "onnx", "model.onnx"), whole);
        Assert.Single(await generator.GenerateAsync(["mars"]));
        Assert.Same(provider.GetRequiredService<SpladeEngine>(), generator.GetService<SpladeEngine>());
        await provider.DisposeAsync();
        Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Dispose_OfTheContainer_DisposesWhatItLoaded(bool asynchronously)
    {
        CountingGenerator<SparseEmbedding>? around = null;
        _services.AddSpladeEngine(EngineFixture.ModelFolder);
        _services.AddSpladeEmbeddingGenerator(decorate: (generator, _) => around = new CountingGenerator<SparseEmbedding>(generator));
        _services.AddKeyedSpladeEmbeddingGenerator("never used");
        ServiceProvider provider = Build();
        var generator = provider.GetRequiredService<IEmbeddingGenerator<string, SparseEmbedding>>();
        provider.GetRequiredKeyedService<IEmbeddingGenerator<string, SparseEmbedding>>("never used");
        await generator.GenerateAsync(["mars"]);
        var engine = provider.GetRequiredService<SpladeEngine>();
        if (asynchronously)
        {
            await provider.DisposeAsync();
        }
        else
        {
            provider.Dispose();
        }

        Assert.Equal(1, around!.Disposals);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => engine.EncodeAsync(["late"]));
        var error = await Assert.ThrowsAsync<ObjectDisposedException>(() => generator.GenerateAsync(["late"]));
        Assert.Equal(typeof(IEmbeddingGenerator).FullName, error.ObjectName);
    }

    [Fact]
    public async Task Dispose_WithACallInFlight_ServesIt()
    {
        _services.AddSpladeEngine(EngineFixture.ModelFolder).AddSpladeEmbeddingGenerator();
        ServiceProvider provider = Build();
        var engine = provider.GetRequiredService<SpladeEngine>();
        Task<IReadOnlyList<SpladeEncoding>> call = engine.EncodeAsync(Enumerable.Repeat(string.Join(' ', Enumerable.Repeat("mars", 500)), 16));
        await provider.DisposeAsync();
        Assert.Equal(16, (await call).Count);
    }

    [Fact]
    public async Task Engine_OfTheApplicationItself_ServesGeneratorsAndIsLeftToItsOwner()
    {
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(EngineFixture.ModelFolder);
        _services.AddSingleton(engine).AddSpladeEmbeddingGenerator();
        await using (ServiceProvider provider = Build())
        {
            Assert.Single(await provider.GetRequiredService<IEmbeddingGenerator<string, SparseEmbedding>>().GenerateAsync(["mars"]));
        }

        Assert.Single(await engine.EncodeAsync(["mars"]));
    }

    [Fact]
    public void Resolve_NoSuchEngine_SaysWhichThereAre()
    {
        _services.AddKeyedSpladeEngine("english", "a").AddKeyedSpladeEngine("german", "b").AddSpladeEmbeddingGenerator();
        using ServiceProvider provider = Build();
        var error = Assert.Throws<InvalidOperationException>(() => provider.GetService<IEmbeddingGenerator<string, SparseEmbedding>>());
        Assert.Equal(
            "No SPLADE engine was added without a key, only ['english', 'german']. Call AddSpladeEngine, or name another key as the engine's.", error.Message);
    }

    [Fact]
    public async Task GenerateAsync_CallerGivesUpWhileItLoads_OthersAreServed()
    {
        _services.AddSpladeEngine(EngineFixture.ModelFolder).AddSpladeEmbeddingGenerator();
        await using ServiceProvider provider = Build();
        var generator = provider.GetRequiredService<IEmbeddingGenerator<string, SparseEmbedding>>();
        using var impatient = new CancellationTokenSource();
        Task given = generator.GenerateAsync(["mars"], cancellationToken: impatient.Token);
        Task<GeneratedEmbeddings<SparseEmbedding>> served = generator.GenerateAsync(["mars"]);
        await impatient.CancelAsync();
        Exception? error = await Record.ExceptionAsync(() => given);
        Assert.True(error is null or OperationCanceledException, error?.ToString());
        Assert.Single(await served);
    }

    [Fact]
    public async Task GetService_OfAGenerator_IsThatOfTheOneBehindIt()
    {
        _services.AddSpladeEngine(EngineFixture.ModelFolder).AddSpladeEmbeddingGenerator();
        await using ServiceProvider provider = Build();
        var generator = provider.GetRequiredService<IEmbeddingGenerator<string, SparseEmbedding>>();
        Assert.Same(generator, generator.GetService<IEmbeddingGenerator<string, SparseEmbedding>>());
        Assert.Equal("splade-tiny", generator.GetRequiredService<EmbeddingGeneratorMetadata>().DefaultModelId);
        Assert.Equal(30522, generator.GetRequiredService<Vocabulary>().Count);
        Assert.NotNull(generator.GetService<SpladeEmbeddingGenerator>());
        Assert.Null(generator.GetService<SpladeEngine>("key"));
        Assert.Throws<ArgumentNullException>("serviceType", () => generator.GetService(null!));
        await Assert.ThrowsAsync<ArgumentNullException>("values", () => generator.GenerateAsync(null!));
    }

    [Fact]
    public void Add_ImpossibleArguments_AreRefusedAtOnce()
    {
        Assert.Throws<ArgumentException>("modelFolder", () => _services.AddSpladeEngine(" "));
        Assert.Throws<ArgumentException>("modelFolder", () => _services.AddSpladeDenseEmbeddingGenerator(""));
        Assert.Throws<ArgumentNullException>("configure", () => _services.AddSpladeEngine((Action<SpladeEngineOptions>)null!));
        Assert.Throws<ArgumentNullException>("section", () => _services.AddSpladeEngine((Microsoft.Extensions.Configuration.IConfigurationSection)null!));
        Assert.Throws<ArgumentException>("serviceKey", () => _services.AddKeyedSpladeEngine("", "folder"));
        Assert.Throws<ArgumentException>("modelFolder", () => _services.AddSpladeEmbeddingGenerator(" "));
        Assert.Throws<ArgumentNullException>("section", () => _services.AddSpladeEmbeddingGenerator((Microsoft.Extensions.Configuration.IConfigurationSection)null!));
        Assert.Throws<ArgumentException>("serviceKey", () => _services.AddKeyedSpladeEmbeddingGenerator(""));
        Assert.Throws<ArgumentNullException>("services", () => SpladeServiceCollectionExtensions.AddSpladeEngine(null!, "folder"));
        Assert.Throws<ArgumentNullException>("services", () => SpladeServiceCollectionExtensions.AddSpladeWarmUp(null!));
        Assert.Empty(_services);
    }

    private ServiceProvider Build() => _services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
}
