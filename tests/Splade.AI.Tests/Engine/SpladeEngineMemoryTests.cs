using System.Diagnostics;
using Splade.AI.Onnx;
using Splade.AI.Tests.TestData;

namespace Splade.AI.Tests.Engine;

/// <summary>Encoding never holds batch x length x vocabulary. Alone, because the process is measured.</summary>
[Collection(RunsAlone.Name)]
public sealed class SpladeEngineMemoryTests
{
    private const long Allowed = 200L << 20;

    private static readonly string LongText = string.Join(' ', Enumerable.Repeat("retrieval", 600));

    // In the plain graph, which holds for decoders that are not recognised, the logits of a text exist: those of two texts at a time.
    [Theory]
    [InlineData(DecoderPlace.Managed)]
    [InlineData(DecoderPlace.TiledGraph)]
    [InlineData(DecoderPlace.PlainGraph)]
    internal async Task EncodeAsync_DocumentsOf256Tokens_GrowsLittle(DecoderPlace place)
    {
        // All logits at once would be 0.5 GB, or 8.
        int documents = Trials.Of(16, slow: 256);
        string document = string.Join(' ', Enumerable.Repeat("retrieval", 254));
        await AssertBoundedAsync(
            async engine => Assert.All(await engine.EncodeAsync(Enumerable.Repeat(document, documents)), e => Assert.Equal(256, e.TokenCount)),
            place);
    }

    [Fact]
    public async Task EncodeAsync_LargeCall_HoldsOnlyAFewBatches()
    {
        // All logits at once would be 0.7 GB, or 12.
        await AssertBoundedAsync(engine => engine.EncodeAsync(Enumerable.Repeat(LongText, Trials.Of(12, slow: 200))));
    }

    [Fact]
    public async Task EncodeAsync_ManyCallers_TakeTurns()
    {
        // A run of their own for each caller would be 0.6 GB, or 4.
        await AssertBoundedAsync(engine => Task.WhenAll(Enumerable.Range(0, Trials.Of(10, slow: 64)).Select(_ => engine.EncodeAsync([LongText]))));
    }

    [Theory]
    [InlineData(LongTextHandling.SlidingWindowMax)]
    [InlineData(LongTextHandling.SlidingWindowPassages)]
    public async Task EncodeAsync_ManyPages_HoldsOnlyAFewWindows(LongTextHandling handling)
    {
        // The logits of all its tokens would be 0.8 GB, or 8.
        string text = LongTexts.Create(seed: 2, characters: Trials.Of(30_000, slow: 300_000));
        await AssertBoundedAsync(async engine =>
        {
            SpladeEncoding encoding = (await engine.EncodeAsync([text], new SpladeEncodingOptions { LongTextHandling = handling }))[0];
            Assert.InRange(encoding.TokenCount, text.Length / 5, text.Length * 4 / 15);
            Assert.False(encoding.Truncated);
        });
    }

    private static async Task AssertBoundedAsync(Func<SpladeEngine, Task> encode, DecoderPlace? place = null)
    {
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(new SpladeEngineOptions(EngineFixture.ModelFolder) { DecoderPlace = place });
        long before = PeakMemory();
        await encode(engine);
        Assert.InRange(PeakMemory() - before, 0, Allowed);
    }

    private static long PeakMemory()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}
