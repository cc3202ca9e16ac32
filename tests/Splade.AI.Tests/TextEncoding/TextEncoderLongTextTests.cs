using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Splade.AI.Tests.TestDoubles;
using Splade.AI.TextEncoding;
using Splade.AI.Tokenization;
using Splade.Testing.Tokenization;

namespace Splade.AI.Tests.TextEncoding;

/// <summary>The windows of long texts on their way through the queue, over a fake device whose vector of a window is its first token.</summary>
public sealed class TextEncoderLongTextTests : IDisposable
{
    private const int WindowTokens = 64;
    private const int Budget = 256;

    // 64 batches, and 4 for each of the two runs. A call has half of them, and asks for a sixteenth at a time.
    private const int QueueBound = 72 * Budget;
    private const int Portion = QueueBound / 16;

    private static readonly EncoderSettings Settings =
        new(WindowTokens, PadTokenId: 0, SpecialTokensInText: true, NullLogger.Instance);

    private static readonly EncodingRequest Max = new("", WindowTokens) { LongTexts = LongTextHandling.SlidingWindowMax };
    private static readonly EncodingRequest Passages = new("", WindowTokens) { LongTexts = LongTextHandling.SlidingWindowPassages };

    // Without a template, so that windows begin with tokens of their own.
    private readonly Tokenizer _tokenizer = TokenizerVariant.Load(json => json["post_processor"] = null);
    private readonly TestRunner _runner = new(tokenBudget: Budget, concurrentRuns: 2);
    private readonly TextEncoder<int> _sut;

    public TextEncoderLongTextTests()
    {
        _sut = new TextEncoder<int>(_tokenizer, [_runner], Settings) { Merge = Math.Max };
    }

    public void Dispose()
    {
        _sut.CloseAsync().GetAwaiter().GetResult();
        _runner.Dispose();
    }

    [Fact]
    public async Task EncodeAsync_MixOfLengths_EachTextHasWhatItsWindowsGive()
    {
        string[] texts = [.. Enumerable.Range(0, 40).Select(i => Words(seed: i, count: i % 3 == 0 ? 50 * i : i))];
        EncodedText<int>[] max = await _sut.EncodeAsync(texts, Max with { WindowOverlap = 7 }, CancellationToken.None);
        EncodedText<int>[] passages = await _sut.EncodeAsync(texts, Passages with { WindowOverlap = 7 }, CancellationToken.None);
        for (int i = 1; i < texts.Length; i++)
        {
            EncodedPassage<int>[] expected = Plain(texts[i], overlap: 7);
            Assert.Equal(expected, passages[i].Passages);
            Assert.Equal((expected.Max(p => p.Vector), _tokenizer.CountTokens(texts[i])), (passages[i].Vector, passages[i].TokenCount));
            Assert.Equal((passages[i].Vector, passages[i].TokenCount, 0), (max[i].Vector, max[i].TokenCount, max[i].Passages.Length));
        }
    }

    [Fact]
    public async Task EncodeAsync_ThirtyTwoConcurrentCallers_AllHaveTheirOwn()
    {
        await Parallel.ForEachAsync(Enumerable.Range(1, 32), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (caller, token) =>
        {
            string[] texts = [Words(caller, 1000 + caller), "mars", Words(100 + caller, 500)];
            EncodedText<int>[] actual = await _sut.EncodeAsync(texts, Passages, token);
            Assert.All(texts.Zip(actual), pair => Assert.Equal(Plain(pair.First, overlap: null), pair.Second.Passages));
        });
        Assert.Equal(0, _sut.QueuedTokens);
    }

    [Fact]
    public async Task EncodeAsync_QueryBesideALongText_RunsAtOnce()
    {
        _runner.Hold();
        Task<EncodedText<int>[]> longText = _sut.EncodeAsync([Words(seed: 1, count: 100_000)], Max, CancellationToken.None);
        await _runner.StartedAsync();
        await _runner.StartedAsync();
        await QueuedAsync(tokens => tokens > (QueueBound / 2) - Portion);
        int venus = Assert.Single(_tokenizer.Encode("venus").Ids.ToArray());
        Task query = _sut.EncodeAsync(["venus"], Max, CancellationToken.None);
        await _runner.StartedAsync();
        Assert.Equal([venus], _runner.Runs.Last());
        _runner.Release();
        await Task.WhenAll(query, longText);
    }

    [Fact]
    public async Task EncodeAsync_CancelledBetweenWindows_Ends()
    {
        using var source = new CancellationTokenSource();
        int runs = 0;
        _runner.OnRun = _ =>
        {
            if (Interlocked.Increment(ref runs) == 20)
            {
                source.Cancel();
            }
        };
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _sut.EncodeAsync([Words(seed: 2, count: 50_000)], Max, source.Token));
        Assert.Equal(source.Token, error.CancellationToken);
        Assert.InRange(runs, 20, 24);
        Assert.Equal(0, _sut.QueuedTokens);
    }

    [Fact]
    public async Task EncodeAsync_WindowThatFails_FailsTheCall()
    {
        int runs = 0;
        _runner.OnRun = _ =>
        {
            if (Interlocked.Increment(ref runs) > 10)
            {
                throw new InvalidOperationException("broken");
            }
        };
        await Assert.ThrowsAsync<InvalidOperationException>(() => _sut.EncodeAsync(["mars", Words(seed: 3, count: 20_000)], Passages, CancellationToken.None));
        _runner.OnRun = null;
        Assert.Single(await _sut.EncodeAsync(["mars"], Passages, CancellationToken.None));
    }

    [Fact]
    public async Task EncodeAsync_DeviceThatFails_LeavesItsWindowsToTheOther()
    {
        using var broken = new TestRunner("test:1", Budget);
        broken.OnRun = _ => throw new InvalidOperationException("broken");
        using var working = new TestRunner("test:2", Budget);
        var sut = new TextEncoder<int>(_tokenizer, [broken, working], Settings) { Merge = Math.Max };
        string text = Words(seed: 6, count: 5000);
        EncodedText<int> result = Assert.Single(await sut.EncodeAsync([text], Passages, CancellationToken.None));
        Assert.NotEmpty(broken.Runs);
        Assert.Equal(Plain(text, overlap: null), result.Passages);
        await sut.CloseAsync();
    }

    [Fact]
    public async Task EncodeAsync_Throw_RunsNothing()
    {
        string[] texts = [.. Enumerable.Repeat("mars", 5000), Words(seed: 4, count: 65)];
        var error = await Assert.ThrowsAsync<TextTooLongException>(
            () => _sut.EncodeAsync(texts, Max with { LongTexts = LongTextHandling.Throw }, CancellationToken.None));
        Assert.Equal((5000, _tokenizer.CountTokens(texts[^1]), WindowTokens), (error.Position, error.TokenCount, error.MaxTokens));
        Assert.Empty(_runner.Runs);
    }

    // Of 2 MB: what is kept grows with the text, and what waits in the queue is bounded.
    [Fact]
    public async Task EncodeAsync_HugeText_QueuesAPortionAtATime()
    {
        string text = Words(seed: 5, count: 300_000);
        int most = 0;
        _runner.OnRun = _ => most = Math.Max(most, _sut.QueuedTokens);
        EncodedText<int> result = Assert.Single(await _sut.EncodeAsync([text], Max, CancellationToken.None));
        Assert.InRange(text.Length, 2_000_000, 3_000_000);
        Assert.Equal(_tokenizer.CountTokens(text), result.TokenCount);
        Assert.InRange(most, 1, QueueBound);
        Assert.All(_runner.Shapes, s => Assert.InRange(s.Rows * s.Length, 1, Budget));
    }

    private async Task QueuedAsync(Predicate<int> enough)
    {
        long start = Stopwatch.GetTimestamp();
        while (!enough(_sut.QueuedTokens))
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromMinutes(1), $"{_sut.QueuedTokens} tokens are queued.");
            await Task.Yield();
        }
    }

    private EncodedPassage<int>[] Plain(string text, int? overlap)
    {
        var windows = TextWindows.Cut(_tokenizer, new TokenBuffer(), "", text, new TokenizationOptions { MaxTokens = WindowTokens }, overlap);
        return [.. Enumerable.Range(0, windows.Count).Select(i => new EncodedPassage<int>(windows.Span(i), windows.Ids(i)[0], windows.Ids(i).Length))];
    }

    private static string Words(int seed, int count)
    {
        string[] words = ["the", "red", "planet", "mars", "moon", "tokenization", "unbelievably"];
        var random = new Random(seed);
        return string.Join(' ', Enumerable.Range(0, count).Select(_ => words[random.Next(words.Length)]));
    }
}
