using Microsoft.Extensions.Logging;
using Splade.AI.Onnx;

namespace Splade.AI.Tests.Engine;

/// <summary>The ONNX file of an inference-free model, which the first document opens.</summary>
public sealed class SpladeEngineLazyLoadTests : IDisposable
{
    private const string OnnxFile = "document_0_Transformer/onnx/model.onnx";

    private static readonly string Folder = Path.Combine(Repository.TestData, "models", "inference-free-idf");

    private readonly TemporaryModel _model = TemporaryModel.CopyOf(Folder);

    public void Dispose() => _model.Dispose();

    [Fact]
    public async Task EncodeAsync_AfterTheOnnxFileWasRepaired_LoadsIt()
    {
        byte[] whole = await File.ReadAllBytesAsync(_model.PathOf(OnnxFile));
        await File.WriteAllBytesAsync(_model.PathOf(OnnxFile), whole[..(whole.Length / 2)]);
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(new SpladeEngineOptions(_model.Folder) { ExecutionProvider = ExecutionProvider.Auto });
        for (int i = 0; i < 2; i++)
        {
            var error = await Assert.ThrowsAsync<SpladeModelException>(() => engine.EncodeAsync(["mars"]));
            Assert.Equal(_model.PathOf(OnnxFile), error.Path);
            Assert.Equal(["auto"], engine.Devices);
        }

        await File.WriteAllBytesAsync(_model.PathOf(OnnxFile), whole);
        await using SpladeEngine sound = await SpladeEngine.CreateAsync(Folder);
        Assert.Equal((await sound.EncodeAsync(["mars"]))[0].Vector, (await engine.EncodeAsync(["mars"]))[0].Vector);
        Assert.Equal(["cpu"], engine.Devices);
    }

    [Fact]
    public async Task EncodeAsync_SixteenFirstCallers_LoadOnce()
    {
        // Every load of a plain graph says that it cannot be fast, on any processor.
        using var log = new TestLoggerFactory();
        var options = new SpladeEngineOptions(_model.Folder) { Precision = Precision.Fast, DecoderPlace = DecoderPlace.PlainGraph, LoggerFactory = log };
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(options);
        Assert.DoesNotContain(log.Entries, IsLoad);
        IReadOnlyList<SpladeEncoding>[] encodings = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => engine.EncodeAsync(["mars"]))));
        Assert.All(encodings, e => Assert.Equal(encodings[0][0].Vector, e[0].Vector));
        Assert.Single(log.Entries, IsLoad);

        static bool IsLoad((LogLevel Level, string Message) entry) =>
            entry.Message.Contains("Fast is not available", StringComparison.Ordinal);
    }
}
