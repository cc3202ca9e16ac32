using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Splade.AI.Tests.Engine;

/// <summary>Devices that are not there, as with the native library for processors, which has no CUDA: refused, or replaced and said so.</summary>
public sealed class SpladeEngineDevicesTests
{
    /// <summary>Why the first card cannot be used; null with <c>-p:Gpu=true</c> on a machine that has one.</summary>
    private static readonly string? NoCard = ExecutionDevice.FindAll()[1].Obstacle;

    private static readonly string InferenceFreeFolder = Path.Combine(Repository.TestData, "models", "inference-free-idf");

    [Fact]
    public async Task Devices_ByDefault_AreTheProcessors()
    {
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(EngineFixture.ModelFolder);
        Assert.Equal(["cpu"], engine.Devices);
    }

    [Fact]
    public async Task CreateAsync_CudaThatIsNotThere_SaysWhatIsWanted()
    {
        var options = new SpladeEngineOptions(EngineFixture.ModelFolder) { ExecutionProvider = ExecutionProvider.Cuda, DeviceIds = [3] };
        var error = await Assert.ThrowsAsync<SpladeModelException>(() => SpladeEngine.CreateAsync(options));
        Assert.Contains(NoCard is null ? "cuda:3" : NoCard.Replace("cuda:0", "cuda:3", StringComparison.Ordinal), error.Message, StringComparison.Ordinal);
        Assert.Contains("cuDNN 9", error.Message, StringComparison.Ordinal);
        if (NoCard?.Contains("expected CUDAExecutionProvider", StringComparison.Ordinal) == true)
        {
            Assert.Matches(@"package Microsoft\.ML\.OnnxRuntime\.Gpu 1\.\d+ in", error.Message);
        }
    }

    [Fact]
    public async Task CreateAsync_AutoWithoutCuda_RunsOnTheProcessorsAndSaysSoInLogAndTrace()
    {
        using Activity span = new Activity("host").Start();
        using var log = new TestLoggerFactory();
        var options = new SpladeEngineOptions(EngineFixture.ModelFolder) { ExecutionProvider = ExecutionProvider.Auto, LoggerFactory = log };
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(options);
        Assert.Single(await engine.EncodeAsync(["mars"]));
        if (NoCard is null)
        {
            Assert.Equal(["cuda:0"], engine.Devices);
            return;
        }

        Assert.Equal(["cpu"], engine.Devices);
        Assert.Contains(log.Entries, e => e.Level == LogLevel.Warning
            && e.Message.StartsWith("splade-tiny is not run on cuda:0.", StringComparison.Ordinal)
            && e.Message.Contains(NoCard, StringComparison.Ordinal));
        ActivityEvent told = Assert.Single(span.Events, e => e.Name == "splade.device.not_used");
        Assert.Equal([new("splade.model", "splade-tiny"), new("splade.device", "cuda:0")], told.Tags);
    }

    [Fact]
    public async Task Devices_OfAnInferenceFreeModel_AreFoundWhenADocumentIsEncoded()
    {
        var options = new SpladeEngineOptions(InferenceFreeFolder) { ExecutionProvider = ExecutionProvider.Auto };
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(options);
        Assert.Equal(["auto"], engine.Devices);
        await engine.EncodeAsync(["mars"], new SpladeEncodingOptions { InputType = EmbeddingInputType.Query });
        Assert.Equal(["auto"], engine.Devices);
        await engine.EncodeAsync(["mars"]);
        Assert.Equal([NoCard is null ? "cuda:0" : "cpu"], engine.Devices);
    }

    [Fact]
    public async Task Devices_OfADenseModel_AreTheProcessors()
    {
        await using DenseEmbeddingGenerator generator = await DenseEmbeddingGenerator.CreateAsync(Path.Combine(Repository.Models, "all-minilm-l6-v2-int8"));
        Assert.Equal(["cpu"], generator.Devices);
    }

    [Fact]
    public void Options_ImpossibleDevices_Throw()
    {
        var options = new SpladeEngineOptions("folder");
        Assert.Throws<ArgumentOutOfRangeException>("ExecutionProvider", () => options.ExecutionProvider = (ExecutionProvider)7);
        Assert.Throws<ArgumentNullException>("DeviceIds", () => options.DeviceIds = null!);
        Assert.All<int[]>([[], [-1], [0, 1, 0]], ids => Assert.Throws<ArgumentException>("DeviceIds", () => options.DeviceIds = ids));
        options.DeviceIds = [1, 0];
        Assert.Equal([1, 0], options.DeviceIds);
    }
}
