using Splade.AI.OnnxGraph;
using Splade.AI.Onnx;
using Splade.AI.Pooling;
using Splade.AI.TextEncoding.Scheduling;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.Onnx;

/// <summary>What becomes of a rewritten graph that a device cannot run, with sessions on the processors in place of graphics cards.</summary>
public sealed class OnnxModelLoaderTests : IDisposable
{
    private static readonly string Folder = Path.Combine(Repository.TestData, "models", "random-distilbert-cased");
    private static readonly string ModelFile = Path.Combine(Folder, "onnx", "model.onnx");
    private static readonly string HiddenStatesFile = Path.Combine(Folder, "onnx", "contract_hidden_states.onnx");

    private readonly Tokenizer _tokenizer = Tokenizer.Load(Path.Combine(Folder, "tokenizer.json"));
    private readonly TestLoggerFactory _log = new();
    private readonly List<(ModelPlan Plan, OnnxDevice Device)> _opened = [];

    public static TheoryData<int?> Devices => [null, 0, 3];

    public void Dispose() => _log.Dispose();

    [Theory]
    [MemberData(nameof(Devices))]
    public void Load_RewrittenGraphThatDoesNotOpen_RunsThePlainOneThereAndSaysWhy(int? cuda)
    {
        var device = new OnnxDevice(cuda);
        using OnnxRows model = Load(device, plan => throw new SpladeModelException($"no kernel on {device}", plan.Source.Path));
        AssertRunsPlain(model, device, $"no kernel on {device}");
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void Load_RewrittenGraphThatFailsWhenItIsTried_RunsThePlainOneThereAndSaysWhy(int? cuda)
    {
        var device = new OnnxDevice(cuda);
        using OnnxRows model = Load(device, plan => Open(plan with { Source = new OnnxSource(GraphSource.OfFile(HiddenStatesFile)) }));
        AssertRunsPlain(model, device, "rows of 32 numbers, expected 3000");
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void Load_RewrittenGraphThatRuns_IsTheOnlyOne(int? cuda)
    {
        var device = new OnnxDevice(cuda);
        using OnnxRows model = Load(device, Open);
        Assert.True(Assert.Single(_opened).Plan.PoolsLogits);
        Assert.Equal(OutputContract.TextRows, model.Contract);
        Assert.Empty(_log.Entries);
    }

    [Fact]
    public void Load_DeviceThatCannotBeUsed_SaysSoAndNotThatTheFileIsWrong()
    {
        var error = Assert.Throws<SpladeModelException>(() => Loader().Load(new OnnxDevice(3)));
        Assert.Contains("cuda:3 cannot be used", error.Message, StringComparison.Ordinal);
        Assert.Contains("expected CUDAExecutionProvider", error.Message, StringComparison.Ordinal);
        Assert.Empty(_log.Entries);
    }

    private void AssertRunsPlain(OnnxRows model, OnnxDevice device, string reason)
    {
        Assert.Equal([(false, device), (true, device)], _opened.Select(o => (o.Plan.IsPlain, o.Device)));
        Assert.True(model.GivesLogits);
        string message = Assert.Single(_log.Entries, e => e.Message.Contains("runs as it is", StringComparison.Ordinal)).Message;
        Assert.Contains(reason, message, StringComparison.Ordinal);
        float[][] rows = model.Run(new TokenBatch([_tokenizer.Encode("mars").Ids.ToArray()], padTokenId: 0), row => row.ToArray(), RunLoad.Lone, default);
        Assert.Equal(_tokenizer.Vocabulary.Count, Assert.Single(rows).Length);
    }

    private OnnxRows Load(OnnxDevice device, Func<ModelPlan, OpenedModel> openRewritten)
    {
        OnnxModelLoader loader = Loader() with
        {
            OpenWith = (plan, device) =>
            {
                _opened.Add((plan, device));
                return plan.IsPlain ? Open(plan) : openRewritten(plan);
            },
        };
        return loader.Load(device).Rows;
    }

    private OpenedModel Open(ModelPlan plan) => OpenedModel.Open("model", _tokenizer.Vocabulary.Count, plan, Settings(), OnnxDevice.Cpu);

    private OnnxModelLoader Loader() =>
        new("model", GraphSource.OfFile(ModelFile), _tokenizer.Vocabulary.Count, new TokenReduction(LogitPooling.Max), Settings(), _tokenizer);

    private OnnxSettings Settings() =>
        new(MaxTokens: 64, PadTokenId: 0, SpecialTokensInText: true, new WorkerPlan(Runs: 2, Threads: 1, BusyThreads: 1), _log)
        {
            Place = DecoderPlace.TiledGraph,
        };
}
