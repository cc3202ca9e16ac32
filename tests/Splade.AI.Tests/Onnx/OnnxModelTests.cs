using Splade.AI.OnnxGraph;
using Microsoft.Extensions.Logging.Abstractions;
using Splade.AI.Onnx;
using Splade.AI.Pooling;
using Splade.AI.TextEncoding.Scheduling;
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
        using OnnxSession session = OnnxSession.Open(new OnnxSource(GraphSource.OfFile(Path.Combine(DenseFolder, "onnx", "model.onnx"))), threads: 1);
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

    // Logits that are not positive are of no account: where the screen rules an entry out, it is zero.
    [Theory]
    [InlineData(DecoderPlace.Managed, true)]
    [InlineData(DecoderPlace.Managed, false)]
    [InlineData(DecoderPlace.TiledGraph, false)]
    [InlineData(DecoderPlace.PlainGraph, false)]
    internal void Run_PaddedBatch_ReducesRealTokensOnly(DecoderPlace place, bool screen)
    {
        using OnnxModel<float[]> model = Load(place, screen);
        int[][] texts = [_tokenizer.Encode("a much longer text about the red planet mars and its moons").Ids.ToArray(), _tokenizer.Encode("mars").Ids.ToArray()];
        float[] alone = model.Run(new TokenBatch([texts[1]], padTokenId: 0), RunLoad.Lone, CancellationToken.None)[0];
        float[] padded = model.Run(new TokenBatch(texts, padTokenId: 0), RunLoad.Busy, CancellationToken.None)[1];
        Assert.Contains(alone, x => x > 1);
        Assert.All(alone.Zip(padded), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    [Fact]
    public void Load_MoreOutputThanOneRunOfThePlainGraphMayGive_IsRefusedWithTheLimit()
    {
        var error = Assert.Throws<SpladeModelException>(() => Load(DecoderPlace.PlainGraph, screen: false, maxTokens: 20_000));
        Assert.Contains("Set MaxTokens to at most 17589", error.Message, StringComparison.Ordinal);
        Load(DecoderPlace.TiledGraph, screen: false, maxTokens: 20_000).Dispose();
    }

    [Theory]
    [InlineData(DecoderPlace.Managed, true, null)]
    [InlineData(DecoderPlace.TiledGraph, false, "its decoder stays in the graph")]
    [InlineData(DecoderPlace.PlainGraph, false, "its decoder stays in the graph")]
    internal void Load_FastPrecision_RunsOneTextAtATimeOrSaysWhyItIsExact(DecoderPlace place, bool isFast, string? obstacle)
    {
        using OnnxModel<float[]> model = Load(place, screen: true, precision: Precision.Fast);
        Assert.Equal(isFast ? Precision.Fast : Precision.Exact, model.PrecisionInUse.Precision);
        Assert.StartsWith(obstacle ?? "", model.PrecisionInUse.Obstacle ?? "", StringComparison.Ordinal);
        Assert.Equal(isFast, model.RunsOneAtATime);
        Assert.Equal(isFast, model.TokenBudget == 1 && place == DecoderPlace.Managed);
    }

    private static float[] Positive(ReadOnlySpan<float> row) => Array.ConvertAll(row.ToArray(), x => Math.Max(0, x));

    private OnnxModel<float[]> Load(DecoderPlace place, bool screen, int maxTokens = 512, Precision precision = Precision.Exact)
    {
        var workers = new WorkerPlan(Runs: 2, Threads: 2, BusyThreads: 1);
        var settings = new OnnxSettings(maxTokens, PadTokenId: 0, SpecialTokensInText: true, workers, NullLogger.Instance)
        {
            Place = place,
            Screen = screen,
            Precision = precision,
        };
        string file = Path.Combine(EngineFixture.ModelFolder, "onnx", "model.onnx");
        var reduction = new TokenReduction(LogitPooling.Max);
        return Assert.Single(new OnnxModelLoader("splade-tiny", GraphSource.OfFile(file), _tokenizer.Vocabulary.Count, reduction, settings, _tokenizer).LoadOnAll<float[]>((_, _) => Positive));
    }
}
