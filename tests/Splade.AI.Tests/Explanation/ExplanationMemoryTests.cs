using System.Diagnostics;
using Splade.AI.Explanation;
using Splade.AI.Onnx;
using Splade.AI.Tests.TestData;

namespace Splade.AI.Tests.Explanation;

/// <summary>Spans never take the logits of all tokens. Alone, because the process is measured.</summary>
[Collection(RunsAlone.Name)]
public sealed class ExplanationMemoryTests
{
    /// <summary>A text that fills the model's 512 tokens; its logits would be 62.5 MB.</summary>
    private static readonly string LongText = string.Join(' ', Enumerable.Repeat("retrieval", 600));

    [Theory]
    [InlineData(DecoderPlace.Managed)]
    [InlineData(DecoderPlace.TiledGraph)]
    internal async Task ExplainAsync_LongText_AllocatesLittle(DecoderPlace place)
    {
        const long Logits = 512L * 30522 * sizeof(float);
        await using SpladeEngine engine = await CreateAsync(place);
        var options = new ExplanationOptions { RunnersUp = 3 };
        await engine.ExplainAsync(LongText, options);
        long before = GC.GetTotalAllocatedBytes(precise: true);
        TextExplanation explanation = await engine.ExplainAsync(LongText, options);
        Assert.Equal(512, explanation.TokenCount);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, Logits / 32);
    }

    // In the plain graph, which holds for decoders that are not recognised, the logits of one text exist at a time.
    [Theory]
    [InlineData(DecoderPlace.Managed)]
    [InlineData(DecoderPlace.TiledGraph)]
    [InlineData(DecoderPlace.PlainGraph)]
    internal async Task ExplainAsync_ManyCallers_TakeTurns(DecoderPlace place)
    {
        const long Allowed = 200L << 20;
        await using SpladeEngine engine = await CreateAsync(place);
        long before = PeakMemory();
        await Task.WhenAll(Enumerable.Range(0, Trials.Of(8, slow: 64)).Select(_ => engine.ExplainAsync(LongText)));
        Assert.InRange(PeakMemory() - before, 0, Allowed);
    }

    // Ten pages of 3,000 characters, or a hundred: the logits of all windows would be 1 GB, or 10.
    [Fact]
    public async Task ExplainAsync_ManyPages_HoldsOneWindowAtATime()
    {
        const long Allowed = 300L << 20;
        await using SpladeEngine engine = await CreateAsync(DecoderPlace.Managed);
        string text = LongTexts.Create(seed: 7, characters: Trials.Of(30_000, slow: 300_000));
        var encoding = new SpladeEncodingOptions { LongTextHandling = LongTextHandling.SlidingWindowMax };
        await engine.ExplainAsync(LongText);
        long before = PeakMemory();
        TextExplanation explanation = await engine.ExplainAsync(text, new ExplanationOptions { Encoding = encoding, RunnersUp = 3 });
        Assert.InRange(PeakMemory() - before, 0, Allowed);
        Assert.InRange(explanation.TokenCount, text.Length / 6, text.Length / 2);
        Assert.Contains(explanation.Terms, t => t.Source!.Value.Position > text.Length / 6);
    }

    private static Task<SpladeEngine> CreateAsync(DecoderPlace place) =>
        SpladeEngine.CreateAsync(new SpladeEngineOptions(EngineFixture.ModelFolder) { DecoderPlace = place });

    private static long PeakMemory()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}
