using Splade.AI.Onnx;
using Splade.AI.Tests.TestData;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.Onnx;

public sealed class OnnxModelTests
{
    private readonly Tokenizer _tokenizer = Tokenizer.Load(Path.Combine(EngineFixture.ModelFolder, "tokenizer.json"));

    [Fact]
    public async Task Run_CancelledWithinOneRun_StopsTheRun()
    {
        using OnnxModel model = Load();
        TokenizedText text = _tokenizer.Encode(string.Join(' ', Enumerable.Repeat("the", 500)));
        var batch = new TokenBatch(Enumerable.Repeat(text, 48).ToArray(), padTokenId: 0);
        using var source = new CancellationTokenSource();
        Task<float[]> run = Task.Run(() => model.Run(batch, row => row[0], source.Token));
        await Task.Delay(50);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    [Fact]
    public void Run_PaddedBatch_ReducesRealTokensOnly()
    {
        using OnnxModel model = Load();
        TokenizedText[] texts = [_tokenizer.Encode("a much longer text about the red planet mars and its moons"), _tokenizer.Encode("mars")];
        float[] alone = model.Run(new TokenBatch([texts[1]], padTokenId: 0), row => row.ToArray(), CancellationToken.None)[0];
        float[] padded = model.Run(new TokenBatch(texts, padTokenId: 0), row => row.ToArray(), CancellationToken.None)[1];
        Assert.All(alone.Zip(padded), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    private OnnxModel Load() => OnnxModel.Load(
        Path.Combine(EngineFixture.ModelFolder, "onnx", "model.onnx"), _tokenizer.Vocabulary.Count, TokenReduction.Max, threads: 2, _tokenizer);
}
