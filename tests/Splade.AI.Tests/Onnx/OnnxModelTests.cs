using Microsoft.Extensions.Logging.Abstractions;
using Splade.AI.Onnx;
using Splade.AI.Onnx.Scheduling;
using Splade.AI.Tests.TestData;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.Onnx;

public sealed class OnnxModelTests
{
    private static readonly string DenseFolder = Path.Combine(Repository.Models, "all-minilm-l6-v2-int8");

    private readonly Tokenizer _tokenizer = Tokenizer.Load(Path.Combine(EngineFixture.ModelFolder, "tokenizer.json"));

    [Fact]
    public async Task Run_CancelledWithinOneRun_StopsTheRun()
    {
        // The session alone, which looks at the token only before and during its run: seconds of work in one batch.
        using OnnxSession session = OnnxSession.Open(Path.Combine(DenseFolder, "onnx", "model.onnx"), threads: 1);
        int[] text = [.. Enumerable.Repeat(1996, 256)];
        var batch = new TokenBatch(Enumerable.Repeat(text, 128).ToArray(), padTokenId: 0);
        using var source = new CancellationTokenSource();
        var started = new TaskCompletionSource();
        Task run = Task.Run(() =>
        {
            started.SetResult();
            session.Run(batch, source.Token).Dispose();
        });
        await started.Task;
        source.CancelAfter(100);
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(source.Token, error.CancellationToken);
    }

    [Fact]
    public void Run_PaddedBatch_ReducesRealTokensOnly()
    {
        using OnnxModel model = Load();
        int[][] texts = [_tokenizer.Encode("a much longer text about the red planet mars and its moons").Ids.ToArray(), _tokenizer.Encode("mars").Ids.ToArray()];
        float[] alone = model.Run(new TokenBatch([texts[1]], padTokenId: 0), row => row.ToArray(), RunLoad.Lone, CancellationToken.None)[0];
        float[] padded = model.Run(new TokenBatch(texts, padTokenId: 0), row => row.ToArray(), RunLoad.Lone, CancellationToken.None)[1];
        Assert.All(alone.Zip(padded), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    private OnnxModel Load() => OnnxModel.Load(
        Path.Combine(EngineFixture.ModelFolder, "onnx", "model.onnx"),
        _tokenizer.Vocabulary.Count,
        TokenReduction.Max,
        new EncoderSettings(MaxTokens: 512, PadTokenId: 0, SpecialTokensInText: true, new WorkerPlan(Runs: 2, Threads: 2, BusyThreads: 1), NullLogger.Instance),
        _tokenizer);
}
