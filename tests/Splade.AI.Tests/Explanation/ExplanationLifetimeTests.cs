using Splade.AI.Explanation;
using Splade.AI.Onnx;

namespace Splade.AI.Tests.Explanation;

/// <summary>Many callers, cancelling and disposing: where spans come from the model's own runs, and from a second session.</summary>
public sealed class ExplanationLifetimeTests
{
    private static readonly string LongText = string.Join(' ', Enumerable.Repeat("retrieval of the moon", 120));

    [Theory]
    [InlineData(null)]
    [InlineData(DecoderPlace.TiledGraph)]
    [InlineData(DecoderPlace.PlainGraph)]
    internal async Task ExplainAsync_ManyConcurrentCallers_SameAsAlone(DecoderPlace? place)
    {
        string[] texts = [.. ReferenceVectors.Read("encode-passages.jsonl").Take(8).Select(line => line.Text)];
        await using SpladeEngine engine = await CreateAsync(place);
        var alone = new List<TextExplanation>();
        foreach (string text in texts)
        {
            alone.Add(await engine.ExplainAsync(text));
        }

        int callers = Trials.Of(24, slow: 64);
        TextExplanation[] together = await Task.WhenAll(Enumerable.Range(0, callers).Select(i => Task.Run(() => engine.ExplainAsync(texts[i % 8]))));
        Assert.All(together, (explanation, i) => AssertSame(alone[i % 8], explanation));
    }

    [Fact]
    public async Task ExplainAsync_AmongCallsThatEncode_AllAreServed()
    {
        await using SpladeEngine engine = await CreateAsync(null);
        string[] texts = [.. Enumerable.Repeat(LongText, Trials.Of(2, slow: 6))];
        Task<IReadOnlyList<SpladeEncoding>>[] encodings = [.. Enumerable.Range(0, 8).Select(_ => engine.EncodeAsync(texts))];
        Task<MatchExplanation>[] matches = [.. Enumerable.Range(0, 8).Select(_ => engine.ExplainMatchAsync("the moon", LongText))];
        await Task.WhenAll(encodings);
        float[] scores = [.. (await Task.WhenAll(matches)).Select(m => m.Score)];
        Assert.All(scores, score => Assert.Equal(scores[0], score, 1e-4f));
    }

    [Fact]
    public async Task ExplainAsync_TokenCancelledBefore_ThrowsWithThatToken()
    {
        await using SpladeEngine engine = await CreateAsync(null);
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        SparseVector vector = (await engine.EncodeAsync(["moon"]))[0].Vector;
        var withoutSpans = new ExplanationOptions { Spans = false };
        Func<Task>[] calls =
        [
            () => engine.ExplainAsync("moon", cancellationToken: source.Token),
            () => engine.ExplainAsync("moon", withoutSpans, source.Token),
            () => engine.ExplainAsync(vector, "moon", cancellationToken: source.Token),
            () => engine.ExplainMatchAsync("moon", "moon", cancellationToken: source.Token),
            () => engine.ExplainMatchAsync(vector, vector, "moon", "moon", withoutSpans, source.Token),
        ];
        foreach (Func<Task> call in calls)
        {
            Assert.Equal(source.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(call)).CancellationToken);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData(DecoderPlace.TiledGraph)]
    internal async Task ExplainAsync_CancelledMidway_ThrowsAndLeavesTheEngineUsable(DecoderPlace? place)
    {
        await using SpladeEngine engine = await CreateAsync(place);
        using var source = new CancellationTokenSource();
        int callers = Trials.Of(60, slow: 200);
        Task<TextExplanation>[] calls = [.. Enumerable.Range(0, callers).Select(_ => engine.ExplainAsync(LongText, cancellationToken: source.Token))];
        await Task.WhenAny(calls);
        await source.CancelAsync();
        int cancelled = 0;
        foreach (Task<TextExplanation> call in calls)
        {
            try
            {
                Assert.NotNull((await call).Terms[0].Source);
            }
            catch (OperationCanceledException e)
            {
                Assert.Equal(source.Token, e.CancellationToken);
                cancelled++;
            }
        }

        Assert.True(cancelled > Trials.Of(30, slow: 100), $"Only {cancelled} calls were cancelled.");
        Assert.NotNull((await engine.ExplainAsync("still here")).Terms[0].Source);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(DecoderPlace.TiledGraph)]
    [InlineData(DecoderPlace.PlainGraph)]
    internal async Task DisposeAsync_CallsInFlight_AreServedAndLaterOnesRefused(DecoderPlace? place)
    {
        SpladeEngine engine = await CreateAsync(place);
        Task[] calls =
        [
            .. Enumerable.Range(0, 4).Select(_ => engine.ExplainAsync(LongText)),
            .. Enumerable.Range(0, 4).Select(_ => engine.ExplainMatchAsync("the moon", LongText)),
        ];
        await engine.DisposeAsync();
        await Task.WhenAll(calls);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => engine.ExplainAsync("late"));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => engine.ExplainMatchAsync("late", "late"));
        await engine.DisposeAsync();
    }

    private static Task<SpladeEngine> CreateAsync(DecoderPlace? place) =>
        SpladeEngine.CreateAsync(new SpladeEngineOptions(EngineFixture.ModelFolder) { DecoderPlace = place });

    private static void AssertSame(TextExplanation expected, TextExplanation actual)
    {
        ReferenceVectors.AssertSame(ReferenceVector.Of(expected.Text, expected.Vector), actual.Vector, 1e-5f);
        Dictionary<int, ExplainedTerm> found = actual.Terms.ToDictionary(t => t.Id);
        foreach (ExplainedTerm term in expected.Terms.Where(t => t.Weight > 1e-5f))
        {
            ExplainedTerm other = found[term.Id];
            Assert.Equal(term.Origin, other.Origin);
            Assert.Equal(term.Occurrences, other.Occurrences);
            Assert.Equal(term.Source!.Value.Activation, other.Source!.Value.Activation, 1e-5f);
        }
    }
}
