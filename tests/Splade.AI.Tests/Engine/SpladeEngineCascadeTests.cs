using Splade.AI.Tests.Decoding;

namespace Splade.AI.Tests.Engine;

/// <summary>The cascade is learnt while texts are encoded: nobody sees it in what comes out.</summary>
public sealed class SpladeEngineCascadeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [KernelFact]
    public async Task EncodeAsync_BeforeAndAfterACascadeIsLearnt_SameBitsAloneAndInAnyBatch()
    {
        var log = new TestLoggerFactory();
        string[] passages = [.. ReferenceVectors.Read("encode-passages.jsonl").Select(p => p.Text)];
        string[] texts = [.. passages.Take(6), .. Enumerable.Range(0, 16).Select(i => string.Join(' ', passages[(2 * i)..((2 * i) + 8)]))];
        using var engine = await SpladeEngine.CreateAsync(new SpladeEngineOptions(EngineFixture.ModelFolder) { LoggerFactory = log });
        using var without = await SpladeEngine.CreateAsync(new SpladeEngineOptions(EngineFixture.ModelFolder) { Cascade = false });
        SpladeEncoding[] expected = [.. await without.EncodeAsync(texts)];
        Assert.Equal(expected, await engine.EncodeAsync(texts));
        await LearntAsync(log);
        Assert.Equal(expected, await engine.EncodeAsync(texts));
        Assert.Equal(expected, (await engine.EncodeAsync([.. texts.Reverse()])).Reverse());
        await Parallel.ForAsync(0, 64, async (i, _) => Assert.Equal(expected[i % texts.Length], (await engine.EncodeAsync([texts[i % texts.Length]]))[0]));
    }

    private static async Task LearntAsync(TestLoggerFactory log)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!log.Entries.Any(e => e.Message.Contains("the cascade is used; of its first texts it makes", StringComparison.Ordinal)))
        {
            await Task.Delay(20, patience.Token);
        }
    }
}
