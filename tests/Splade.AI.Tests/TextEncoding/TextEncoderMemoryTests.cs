using Microsoft.Extensions.Logging.Abstractions;
using Splade.AI.Tests.TestData;
using Splade.AI.TextEncoding;
using Splade.AI.TextEncoding.Scheduling;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.TextEncoding;

/// <summary>The vectors of windows are merged as they come. Alone, because the heap is measured.</summary>
[Collection(RunsAlone.Name)]
public sealed class TextEncoderMemoryTests
{
    private const int WindowTokens = 64;

    // A megabyte of vectors for each window: a fifth of a gigabyte, or a whole one.
    [Fact]
    public async Task EncodeAsync_ManyPages_KeepsOneVectorOfAllWindows()
    {
        var runner = new WideRunner();
        var settings = new EncoderSettings(WindowTokens, PadTokenId: 0, SpecialTokensInText: true, NullLogger.Instance);
        var tokenizer = Tokenizer.Load(Path.Combine(EngineFixture.ModelFolder, "tokenizer.json"));
        var sut = new TextEncoder<float[]>(tokenizer, [runner], settings) { Merge = (_, last) => last };
        var request = new EncodingRequest("", WindowTokens) { LongTexts = LongTextHandling.SlidingWindowMax };
        string text = LongTexts.Create(seed: 3, characters: Trials.Of(60_000, slow: 300_000));
        long before = GC.GetTotalMemory(forceFullCollection: true);

        EncodedText<float[]> result = Assert.Single(await sut.EncodeAsync([text], request, CancellationToken.None));

        Assert.Equal(tokenizer.CountTokens(text), result.TokenCount);
        Assert.InRange(runner.Windows, Trials.Of(200, slow: 1000), 5000);
        Assert.InRange(runner.MostMemory - before, 0, 32L << 20);
        await sut.CloseAsync();
    }

    private sealed class WideRunner : ITextRunner<float[]>
    {
        public string Device => "test:0";

        public int TokenBudget => 4 * WindowTokens;

        public int ConcurrentRuns => 2;

        public int Windows { get; private set; }

        public long MostMemory { get; private set; }

        public float[][] Run(TokenBatch batch, RunLoad load, CancellationToken cancellationToken)
        {
            lock (this)
            {
                Windows += batch.Rows;
                if (Windows % 10 == 0)
                {
                    MostMemory = Math.Max(MostMemory, GC.GetTotalMemory(forceFullCollection: true));
                }
            }

            return [.. Enumerable.Range(0, batch.Rows).Select(_ => new float[1 << 18])];
        }

        public void Dispose()
        {
        }
    }
}
