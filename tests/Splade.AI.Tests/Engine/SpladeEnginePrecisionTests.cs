using Microsoft.Extensions.Logging;

namespace Splade.AI.Tests.Engine;

/// <summary>Fast precision: said where it is used and where it cannot be, close to Exact, and the same for a text in any company.</summary>
public sealed class SpladeEnginePrecisionTests
{
    private static readonly string BertFolder = Path.Combine(Repository.TestData, "models", "random-bert-sum");
    private static readonly string InferenceFreeFolder = Path.Combine(Repository.TestData, "models", "inference-free-idf");

    /// <summary>Each third of the reference texts, or all.</summary>
    private static readonly string[] Texts =
    [
        .. ReferenceVectors.Read("encode-passages.jsonl").Concat(ReferenceVectors.Read("encode-stress.jsonl"))
            .Where((_, i) => i % Trials.Of(3, slow: 1) == 0).Select(e => e.Text),
    ];

    /// <summary>The vectors of all texts, each encoded alone, once for all tests.</summary>
    private static readonly Lazy<Task<ReferenceVector[]>> Alone = new(EncodeAloneAsync);

    [Fact]
    public async Task Precision_ByDefault_IsExact()
    {
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(BertFolder);
        Assert.Equal(Precision.Exact, engine.Precision);
        Assert.Null(engine.PrecisionFallbackReason);
    }

    [Fact]
    public async Task CreateAsync_Fast_IsSaid()
    {
        using var log = new TestLoggerFactory();
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(Fast(BertFolder, log));
        Assert.Equal(Precision.Fast, engine.Precision);
        Assert.Null(engine.PrecisionFallbackReason);
        Assert.Contains(log.Entries, e => e.Level == LogLevel.Information && e.Message.StartsWith("random-bert-sum runs in Fast precision", StringComparison.Ordinal));
        Assert.Contains(log.Entries, e => e.Message.Contains("texts are run one at a time", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("random-bert-sum", "onnx/model_qint8_avx512_vnni.onnx", "its decoder is quantised (MatMulInteger)")]
    [InlineData("random-distilbert-cased", "onnx/contract_pooled.onnx", "it pools inside the model")]
    public async Task CreateAsync_FastThatCannotBe_IsExactAndSaid(string model, string file, string reason)
    {
        using var log = new TestLoggerFactory();
        SpladeEngineOptions options = Fast(Path.Combine(Repository.TestData, "models", model), log);
        options.ModelFile = file;
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(options);
        await using SpladeEngine exact = await SpladeEngine.CreateAsync(new SpladeEngineOptions(options.ModelFolder) { ModelFile = file });
        Assert.Equal(Precision.Exact, engine.Precision);
        Assert.Contains(reason, engine.PrecisionFallbackReason, StringComparison.Ordinal);
        Assert.Contains(log.Entries, e => e.Level == LogLevel.Warning
            && e.Message.Contains("Fast is not available, because", StringComparison.Ordinal)
            && e.Message.Contains(reason, StringComparison.Ordinal));
        Assert.Equal((await exact.EncodeAsync(["mars"]))[0].Vector, (await engine.EncodeAsync(["mars"]))[0].Vector);
    }

    [Fact]
    public async Task Precision_OfAnInferenceFreeModel_IsKnownWhenADocumentIsEncoded()
    {
        SpladeEngineOptions options = Fast(InferenceFreeFolder);
        await using SpladeEngine fast = await SpladeEngine.CreateAsync(options);
        await using SpladeEngine exact = await SpladeEngine.CreateAsync(InferenceFreeFolder);
        var query = new SpladeEncodingOptions { InputType = EmbeddingInputType.Query };
        Assert.Equal(Precision.Fast, fast.Precision);
        Assert.Equal((await exact.EncodeAsync(["mars"], query))[0].Vector, (await fast.EncodeAsync(["mars"], query))[0].Vector);
        Assert.NotEqual((await exact.EncodeAsync(["mars"]))[0].Vector, (await fast.EncodeAsync(["mars"]))[0].Vector);
        Assert.Equal(Precision.Fast, fast.Precision);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    public async Task EncodeAsync_FastInAnyCompanyAndWithAnyThreads_SameVectors(int? threads, int? concurrentRuns)
    {
        ReferenceVector[] expected = await Alone.Value;
        SpladeEngineOptions options = Fast(EngineFixture.ModelFolder);
        (options.Threads, options.ConcurrentRuns) = (threads, concurrentRuns);
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(options);
        await Parallel.ForEachAsync(Enumerable.Range(0, Trials.Of(2, slow: 4)), async (caller, token) =>
        {
            int[] order = [.. Enumerable.Range(0, Texts.Length)];
            new Random(caller).Shuffle(order);
            IReadOnlyList<SpladeEncoding> together = await engine.EncodeAsync(order.Select(i => Texts[i]), cancellationToken: token);
            Assert.All(order.Zip(together), pair => ReferenceVectors.AssertSame(expected[pair.First], pair.Second.Vector, 1e-5f));
        });
    }

    private static async Task<ReferenceVector[]> EncodeAloneAsync()
    {
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(Fast(EngineFixture.ModelFolder));
        var alone = new List<ReferenceVector>();
        foreach (string text in Texts)
        {
            alone.Add(ReferenceVector.Of($"text {alone.Count}", (await engine.EncodeAsync([text]))[0].Vector));
        }

        return [.. alone];
    }

    private static SpladeEngineOptions Fast(string folder, ILoggerFactory? log = null) => new(folder) { Precision = Precision.Fast, LoggerFactory = log };
}
