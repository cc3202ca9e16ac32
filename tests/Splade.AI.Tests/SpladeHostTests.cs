using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Splade.AI.Policy;

namespace Splade.AI.Tests;

/// <summary>The services in a real host: configuration, checks at its start, loading at its start.</summary>
public sealed class SpladeHostTests : IDisposable
{
    private readonly TestLoggerFactory _log = new();
    private readonly HostApplicationBuilder _builder;

    public SpladeHostTests()
    {
        _builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = Repository.Root });
        _builder.Services.AddSingleton<ILoggerFactory>(_log);
    }

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task StartAsync_EngineFromTheConfiguration_IsThereWithItsSettings()
    {
        Configure(("Splade:ModelFolder", "models/splade-tiny"), ("Splade:MaxTokens", "64"), ("Splade:MaxActiveDimensions", "10"));
        _builder.Services.AddSpladeEngine(_builder.Configuration.GetSection("Splade"), options => options.Encoding.MaxTokens = 32).AddSpladeEmbeddingGenerator();
        using IHost host = _builder.Build();
        await host.StartAsync();
        Assert.Empty(Loads());
        SparseEmbedding embedding = await host.Services.GetRequiredService<IEmbeddingGenerator<string, SparseEmbedding>>().GenerateAsync("the red planet");
        Assert.Equal(10, embedding.Vector.Count);
        var engine = host.Services.GetRequiredService<SpladeEngine>();
        Assert.Equal((32, EngineFixture.ModelFolder), (engine.MaxTokens, engine.Model.Folder));
        Assert.Single(Loads());
        await host.StopAsync();
    }

    [Fact]
    public async Task StartAsync_RelativePaths_StartFromTheContentRoot()
    {
        using TemporaryModel root = TemporaryModel.CopyOfSpladeTiny();
        new VocabularyPolicy(new BanRule { Terms = ["the"] }).Save(root.PathOf("policy.json"));
        _builder.Environment.ContentRootPath = root.Folder;
        Configure(("Splade:ModelFolder", "."), ("Splade:Policy", "policy.json"));
        _builder.Services.AddSpladeEngine(_builder.Configuration.GetSection("Splade"));
        using IHost host = _builder.Build();
        await host.StartAsync();
        var engine = host.Services.GetRequiredService<SpladeEngine>();
        Assert.Equal(root.Folder, engine.Model.Folder);
        Assert.IsType<BanRule>(Assert.Single(engine.Policy!.Rules));
    }

    [Fact]
    public async Task StartAsync_DenseGeneratorFromTheConfiguration_IsThereWithItsSettings()
    {
        Configure(("Dense:ModelFolder", "models/all-minilm-l6-v2-int8"), ("Dense:MaxTokens", "64"));
        _builder.Services.AddSpladeDenseEmbeddingGenerator(_builder.Configuration.GetSection("Dense"));
        _builder.Services.AddKeyedSpladeDenseEmbeddingGenerator("other", _builder.Configuration.GetSection("Dense"));
        using IHost host = _builder.Build();
        await host.StartAsync();
        var generator = host.Services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();
        Assert.Equal(64, generator.GetRequiredService<DenseEmbeddingGenerator>().MaxTokens);
    }

    [Fact]
    public async Task StartAsync_WrongSettings_AreRefusedWithTheirKeys()
    {
        Configure(("Splade:ModelFolder", "models/splade-tiny"), ("Splade:Thread", "4"), ("Splade:MaxTokens", "two"));
        _builder.Services.AddSpladeEngine(_builder.Configuration.GetSection("Splade"));
        OptionsValidationException error = await FailToStartAsync();
        Assert.Equal(2, error.Failures.Count());
        Assert.Contains("'Splade:Thread' is no setting of a SPLADE engine. Expected one of", error.Message, StringComparison.Ordinal);
        Assert.Contains("'Splade:MaxTokens' is 'two'. Expected a whole number.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_FolderThatIsNotThere_IsRefusedWithPathAndKey()
    {
        Configure(("Models:German:ModelFolder", "models/none"));
        _builder.Services.AddKeyedSpladeEngine("german", _builder.Configuration.GetSection("Models:German"));
        OptionsValidationException error = await FailToStartAsync();
        Assert.Equal(
            $"The SPLADE engine 'german' cannot be loaded. {Path.Combine(Repository.Root, "models", "none")}: There is no such folder. "
            + "If 'models/none' is a model's name on the Hugging Face hub, set Hub of the options to a SpladeModelHub, or give the folder that "
            + "SpladeModelHub.ResolveAsync finds for it. 'Models:German:ModelFolder' is 'models/none'.",
            error.Message);
    }

    [Theory]
    [InlineData("Splade:ModelFolder", "models/all-minilm-l6-v2-int8", "Expected [Transformer, SpladePooling]; a dense model goes to DenseEmbeddingGenerator")]
    [InlineData("Splade:ModelFile", "onnx/other.onnx", "other.onnx")]
    [InlineData("Splade:WindowOverlap", "512", "WindowOverlap is 512, but a window takes at most 512 tokens")]
    [InlineData("Splade:MaxTokens", "513", "MaxTokens is 513, but the model reads at most 512 tokens.")]
    public async Task StartAsync_WhatTheModelDoesNotHave_IsRefusedBeforeItIsLoaded(string key, string value, string message)
    {
        Configure(("Splade:ModelFolder", "models/splade-tiny"), (key, value));
        _builder.Services.AddSpladeEngine(_builder.Configuration.GetSection("Splade"));
        Assert.Contains(message, (await FailToStartAsync()).Message, StringComparison.Ordinal);
        Assert.Empty(Loads());
    }

    [Theory]
    [InlineData(null, "The configuration has nothing under 'Splade'. Expected a section there, with 'ModelFolder' in it.")]
    [InlineData("Splade", "Found the text '1' under 'Splade', expected a section with 'ModelFolder' in it.")]
    [InlineData("Splade:Threads", "Set 'Splade:ModelFolder' to the folder of a model.")]
    public async Task StartAsync_NoFolder_IsRefused(string? key, string message)
    {
        Configure((key ?? "Spalde:Threads", "1"));
        _builder.Services.AddSpladeEngine(_builder.Configuration.GetSection("Splade"));
        Assert.Equal("The SPLADE engine has no ModelFolder. " + message, (await FailToStartAsync()).Message);
    }

    [Fact]
    public async Task StartAsync_NoFolderFromCode_IsRefused()
    {
        _builder.Services.AddKeyedSpladeEngine("mine", options => options.Threads = 1);
        const string Message = "The SPLADE engine 'mine' has no ModelFolder. Set it to the folder of a model where it is added to the services.";
        Assert.Equal(Message, (await FailToStartAsync()).Message);
    }

    [Fact]
    public async Task StartAsync_WarmUp_LoadsEveryModel()
    {
        _builder.Services.AddSpladeWarmUp().AddSpladeWarmUp();
        _builder.Services.AddSpladeEngine("models/splade-tiny").AddKeyedSpladeEngine("other", "models/splade-tiny").AddSpladeEmbeddingGenerator();
        _builder.Services.AddSpladeDenseEmbeddingGenerator("models/all-minilm-l6-v2-int8");
        using IHost host = _builder.Build();
        Assert.Empty(Loads());
        await host.StartAsync();
        Assert.Equal(["all-minilm-l6-v2-int8", "splade-tiny", "splade-tiny"], Loads());
        await host.Services.GetRequiredService<IEmbeddingGenerator<string, SparseEmbedding>>().GenerateAsync("mars");
        Assert.Equal(3, Loads().Length);
        await host.StopAsync();
    }

    [Fact]
    public async Task StartAsync_WarmUpOfADamagedModel_StopsTheStart()
    {
        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny();
        model.Write("onnx/model.onnx", "not an ONNX file");
        _builder.Services.AddSpladeEngine(model.Folder).AddSpladeWarmUp();
        using IHost host = _builder.Build();
        var error = await Assert.ThrowsAsync<SpladeModelException>(() => host.StartAsync());
        Assert.Equal(model.PathOf("onnx/model.onnx"), error.Path);
    }

    [Fact]
    public async Task StartAsync_SettingsRepairedWhileItRuns_AreReadByTheNextCall()
    {
        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny();
        Configure(("Splade:ModelFolder", model.Folder));
        _builder.Services.AddSpladeEngine(_builder.Configuration.GetSection("Splade")).AddSpladeEmbeddingGenerator();
        using IHost host = _builder.Build();
        await host.StartAsync();
        model.Delete("tokenizer.json");
        var generator = host.Services.GetRequiredService<IEmbeddingGenerator<string, SparseEmbedding>>();
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => generator.GenerateAsync(["mars"]));
        Assert.Contains("tokenizer.json: The file is missing.", error.Message, StringComparison.Ordinal);
        _builder.Configuration["Splade:ModelFolder"] = "models/splade-tiny";
        Assert.Single(await generator.GenerateAsync(["mars"]));
    }

    private void Configure(params (string Key, string Value)[] settings) =>
        _builder.Configuration.AddInMemoryCollection(settings.Select(s => new KeyValuePair<string, string?>(s.Key, s.Value)).Reverse().DistinctBy(s => s.Key));

    private async Task<OptionsValidationException> FailToStartAsync()
    {
        using IHost host = _builder.Build();
        return await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
    }

    private string[] Loads() =>
    [
        .. _log.Entries.Where(e => e.Message.StartsWith("Loaded ", StringComparison.Ordinal)).Select(e => e.Message.Split(' ')[1]).Order(StringComparer.Ordinal),
    ];
}
