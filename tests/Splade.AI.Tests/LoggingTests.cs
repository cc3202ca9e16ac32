using Microsoft.Extensions.Logging;
using Splade.AI.Decoding;
using Splade.AI.Tests.Decoding;

namespace Splade.AI.Tests;

/// <summary>What is done quietly is logged, and texts never are.</summary>
public sealed class LoggingTests
{
    [Fact]
    public async Task EncodeAsync_CutText_IsLoggedWithoutTheText()
    {
        using var log = new TestLoggerFactory();
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(new SpladeEngineOptions(EngineFixture.ModelFolder) { LoggerFactory = log, Encoding = { MaxTokens = 4 } });
        await engine.EncodeAsync(["secretword " + string.Join(' ', Enumerable.Repeat("red", 10)), "mars"]);
        Assert.Contains(log.Entries, e => e.Level == LogLevel.Warning && e.Message.StartsWith("1 of 2 texts were longer than 4 tokens", StringComparison.Ordinal));
        Assert.Contains(log.Entries, e => e.Message.StartsWith("Loaded splade-tiny", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Entries, e => e.Message.Contains("secretword", StringComparison.Ordinal));
    }

    [Fact]
    public async Task CreateAsync_SeveralOnnxFilesAndALicence_AreLogged()
    {
        using var log = new TestLoggerFactory();
        using TemporaryModel model = TemporaryModel.CopyOfDistilBert();
        model.Write("README.md", "---\nlicense: cc-by-nc-sa-4.0\n---\n");
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(new SpladeEngineOptions(model.Folder) { LoggerFactory = log });
        Assert.Contains(log.Entries, e => e.Level == LogLevel.Warning && e.Message.Contains("cc-by-nc-sa-4.0) forbids commercial use", StringComparison.Ordinal));
        Assert.Contains(log.Entries, e => e.Message.Contains("model_dynamo.onnx", StringComparison.Ordinal));
    }

    [Fact]
    public async Task CreateAsync_ModelThatQuantisesAsItRuns_IsLogged()
    {
        using var log = new TestLoggerFactory();
        string folder = Path.Combine(Repository.TestData, "models", "random-bert-sum");
        var options = new SpladeEngineOptions(folder) { LoggerFactory = log, ModelFile = "onnx/model_qint8_avx512_vnni.onnx" };
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(options);
        Assert.Contains(log.Entries, e => e.Message.Contains("one at a time", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("onnx/model_qint8_avx512_vnni.onnx", "MatMulInteger")]
    [InlineData("onnx/contract_pooled.onnx", "pools inside the model")]
    public async Task CreateAsync_DecoderThatIsNotRecognised_IsLoggedWithTheReason(string file, string reason)
    {
        using var log = new TestLoggerFactory();
        string folder = Path.Combine(Repository.TestData, "models", "random-distilbert-cased");
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(new SpladeEngineOptions(folder) { LoggerFactory = log, ModelFile = file });
        Assert.Contains(log.Entries, e => e.Message.Contains("runs as it is", StringComparison.Ordinal) && e.Message.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task CreateAsync_TrainedModel_UsesTheScreenAndSaysHowMuchItLeaves()
    {
        using var log = new TestLoggerFactory();
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(new SpladeEngineOptions(EngineFixture.ModelFolder) { LoggerFactory = log });
        Assert.DoesNotContain(log.Entries, e => e.Level >= LogLevel.Warning || e.Message.Contains("runs as it is", StringComparison.Ordinal));
        Assert.Equal(PanelKernel.IsSupported, log.Entries.Any(e => e.Message.StartsWith("splade-tiny: the screen is used; it left", StringComparison.Ordinal)));
    }

    [KernelFact]
    public async Task CreateAsync_KernelsThatTheProcessorHasAndTheProgramNot_AreLogged()
    {
        const string Program = """
            using Microsoft.Extensions.Logging;
            using Splade.AI;

            using (ILoggerFactory log = LoggerFactory.Create(builder => builder.AddSimpleConsole(console => console.SingleLine = true)))
            {
                await using SpladeEngine engine = await SpladeEngine.CreateAsync(new SpladeEngineOptions("models/splade-tiny") { LoggerFactory = log });
                Console.WriteLine((await engine.EncodeAsync(["Mars is called the Red Planet."]))[0].Vector.Count);
            }
            """;
        string output = await Snippet.RunAloneAsync(Program, new() { ["DOTNET_EnableAVX2"] = "0" });
        Assert.Matches("warn: .*splade-tiny runs at half its speed or less: .* set IlcInstructionSet to x86-64-v3", output);
        Assert.Contains("16", output.Split('\n'));
    }
}
