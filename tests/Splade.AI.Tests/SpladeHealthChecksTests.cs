using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Splade.AI.Tests.TestDoubles;

namespace Splade.AI.Tests;

/// <summary>Health checks, asked through the service that ASP.NET asks.</summary>
public sealed class SpladeHealthChecksTests
{
    private readonly ServiceCollection _services = new();

    public SpladeHealthChecksTests() => _services.AddLogging();

    [Fact]
    public async Task CheckHealthAsync_EngineThatEncodes_IsHealthyAndSaysWhatItRunsOn()
    {
        _services.AddSpladeEngine(EngineFixture.ModelFolder);
        _services.AddHealthChecks().Add(SpladeHealthChecks.ForEngine(tags: ["ready"]));
        HealthReportEntry entry = (await CheckAsync()).Entries["splade"];
        Assert.Equal((HealthStatus.Healthy, "'splade-tiny' encodes."), (entry.Status, entry.Description));
        Assert.Equal("splade-tiny", entry.Data["model"]);
        Assert.Equal(["cpu"], Assert.IsAssignableFrom<IEnumerable<string>>(entry.Data["devices"]));
        Assert.Equal(("Exact", 30522), (entry.Data["precision"], entry.Data["dimensions"]));
        Assert.InRange((int)entry.Data["active_dimensions"], 1, 30522);
        Assert.Equal(["ready"], entry.Tags);
    }

    [Fact]
    public async Task CheckHealthAsync_ModelThatIsNotThere_SaysSoUntilItIs()
    {
        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny();
        string away = model.Folder + "-away";
        Directory.Move(model.Folder, away);
        _services.AddSpladeEngine(model.Folder);
        _services.AddHealthChecks().Add(SpladeHealthChecks.ForEngine(failureStatus: HealthStatus.Degraded));
        await using ServiceProvider provider = _services.BuildServiceProvider(validateScopes: true);
        HealthReportEntry entry = (await CheckAsync(provider)).Entries["splade"];
        Assert.Equal(HealthStatus.Degraded, entry.Status);
        Assert.Contains($"{model.Folder}: There is no such folder.", entry.Description, StringComparison.Ordinal);
        Assert.NotNull(entry.Exception);

        Directory.Move(away, model.Folder);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(provider)).Status);
    }

    [Fact]
    public async Task CheckHealthAsync_SeveralEngines_HaveACheckEach()
    {
        _services.AddSpladeEngine(EngineFixture.ModelFolder).AddKeyedSpladeEngine("broken", "nowhere");
        _services.AddHealthChecks()
            .Add(SpladeHealthChecks.ForEngine()).Add(SpladeHealthChecks.ForEngine("broken")).Add(SpladeHealthChecks.ForEngine("unknown", "custom"));
        HealthReport report = await CheckAsync();
        Assert.Equal(
            [("custom", HealthStatus.Unhealthy), ("splade", HealthStatus.Healthy), ("splade-broken", HealthStatus.Unhealthy)],
            report.Entries.Select(e => (e.Key, e.Value.Status)).OrderBy(e => e.Key, StringComparer.Ordinal));
        Assert.Contains("No SPLADE engine was added under the key 'unknown'", report.Entries["custom"].Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckHealthAsync_ModelThatLoadsTooLong_SaysThatItIsBeingLoaded()
    {
        var clock = new SkippingTimeProvider();
        using var loading = new ManualResetEventSlim();
        _services.AddSingleton<TimeProvider>(clock);
        _services.AddSpladeEngine(EngineFixture.ModelFolder, _ => loading.Wait());
        _services.AddHealthChecks().Add(SpladeHealthChecks.ForEngine(timeout: TimeSpan.FromSeconds(7)));
        await using ServiceProvider provider = _services.BuildServiceProvider(validateScopes: true);
        HealthReportEntry entry = (await CheckAsync(provider)).Entries["splade"];
        Assert.Equal(HealthStatus.Unhealthy, entry.Status);
        Assert.Equal("The model is still being loaded after 7 s. Check again later, or allow more time.", entry.Description);
        Assert.Equal([TimeSpan.FromSeconds(7)], clock.Waits);
        loading.Set();
        Assert.Equal(512, provider.GetRequiredService<SpladeEngine>().MaxTokens);
    }

    [Fact]
    public async Task CheckHealthAsync_CallerGivesUp_IsCancelledAndNotReported()
    {
        using var loading = new ManualResetEventSlim();
        using var caller = new CancellationTokenSource();
        _services.AddSpladeEngine(EngineFixture.ModelFolder, _ => loading.Wait());
        _services.AddHealthChecks().Add(SpladeHealthChecks.ForEngine());
        await using ServiceProvider provider = _services.BuildServiceProvider(validateScopes: true);
        Task<HealthReport> check = provider.GetRequiredService<HealthCheckService>().CheckHealthAsync(caller.Token);
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => check);
        loading.Set();
    }

    [Theory]
    [InlineData(EmbeddingInputType.Query, HealthStatus.Healthy)]
    [InlineData(EmbeddingInputType.Document, HealthStatus.Unhealthy)]
    public async Task CheckHealthAsync_InferenceFreeModel_LoadsItsOnnxFileForDocumentsOnly(EmbeddingInputType inputType, HealthStatus expected)
    {
        using TemporaryModel model = TemporaryModel.CopyOf(Path.Combine(Repository.TestData, "models", "inference-free-idf"));
        model.Write("document_0_Transformer/onnx/model.onnx", "not an ONNX file");
        _services.AddSpladeEngine(model.Folder);
        _services.AddHealthChecks().Add(SpladeHealthChecks.ForEngine(inputType: inputType));
        Assert.Equal(expected, (await CheckAsync()).Status);
    }

    [Fact]
    public void ForEngine_ImpossibleArguments_AreRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>("timeout", () => SpladeHealthChecks.ForEngine(timeout: TimeSpan.Zero));

    private async Task<HealthReport> CheckAsync()
    {
        await using ServiceProvider provider = _services.BuildServiceProvider(validateScopes: true);
        return await CheckAsync(provider);
    }

    private static Task<HealthReport> CheckAsync(ServiceProvider provider) => provider.GetRequiredService<HealthCheckService>().CheckHealthAsync();
}
