using Microsoft.Extensions.Logging.Abstractions;
using Splade.AI.Onnx;
using Splade.AI.Tests.TestData;
using Splade.AI.Tests.TestDoubles;
using Splade.AI.TextEncoding;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.TextEncoding;

/// <summary>The way from texts to vectors over a fake device: closing it in the middle of things.</summary>
public sealed class TextEncoderTests : IDisposable
{
    private static readonly EncodingRequest Request = new("", MaxTokens: 64);

    private readonly TestRunner _runner = new();
    private readonly TextEncoder<int> _sut;

    public TextEncoderTests()
    {
        var settings = new EncoderSettings(Request.MaxTokens, PadTokenId: 0, SpecialTokensInText: true, NullLogger.Instance);
        var tokenizer = Tokenizer.Load(Path.Combine(EngineFixture.ModelFolder, "tokenizer.json"));
        _sut = new TextEncoder<int>(tokenizer, [_runner], settings, typeof(TextEncoderTests));
    }

    public void Dispose()
    {
        _sut.Dispose();
        _runner.Dispose();
    }

    [Fact]
    public async Task EncodeAsync_NoTexts_RunsNothing()
    {
        Assert.Empty(await EncodeAsync());
        Assert.Empty(_runner.Runs);
    }

    [Theory]
    [InlineData(LongTextHandling.Truncate)]
    [InlineData(LongTextHandling.Throw)]
    public async Task EncodeAsync_TokenizerThatFailsOnAText_NamesItsPosition(LongTextHandling longTexts)
    {
        var settings = new EncoderSettings(Request.MaxTokens, PadTokenId: 0, SpecialTokensInText: true, NullLogger.Instance);
        using var runner = new TestRunner();
        using var encoder = new TextEncoder<int>(new FailingTokenizer("bad"), [runner], settings, typeof(TextEncoderTests));
        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => encoder.EncodeAsync(["good", "a bad one"], Request with { LongTexts = longTexts }, CancellationToken.None));
        Assert.Contains("position 1 of the call", error.Message, StringComparison.Ordinal);
        Assert.IsType<ArgumentOutOfRangeException>(error.InnerException);
    }

    [Fact]
    public async Task CloseAsync_CallsUnderWayAndQueued_WaitsForAllOfThem()
    {
        _runner.Hold();
        Task[] calls = [.. Enumerable.Range(0, 20).Select(i => EncodeAsync([.. Enumerable.Repeat("mars", 1 + (i * 100))]))];
        await _runner.StartedAsync();
        Task closing = _sut.CloseAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => EncodeAsync("late"));
        Assert.False(closing.IsCompleted);
        Assert.False(_runner.IsDisposed);
        _runner.Release();
        await closing;
        Assert.True(_runner.IsDisposed);
        Assert.All(calls, c => Assert.True(c.IsCompletedSuccessfully));
    }

    [Fact]
    public async Task CloseAsync_CancelledCallWhoseRunGoesOn_WaitsForTheRun()
    {
        using var gate = new ManualResetEventSlim();
        using var source = new CancellationTokenSource();
        _runner.Hold();
        Task first = EncodeAsync("mars");
        await _runner.StartedAsync();
        Task cancelled = _sut.EncodeAsync(["venus"], Request, source.Token);
        while (_sut.QueuedTokens == 0)
        {
            await Task.Yield();
        }

        // The run of the second call is made by a worker of its own, and is deaf to its token.
        var inside = new TaskCompletionSource();
        _runner.OnRun = _ => _runner.OnRun = _ =>
        {
            inside.SetResult();
            gate.Wait();
        };
        _runner.Release();
        await first;
        await inside.Task;
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Task closing = _sut.CloseAsync();
        Assert.False(closing.IsCompleted);
        Assert.False(_runner.IsDisposed);
        gate.Set();
        await closing;
        Assert.True(_runner.IsDisposed);
    }

    private Task<EncodedText<int>[]> EncodeAsync(params string[] texts) => _sut.EncodeAsync(texts, Request, CancellationToken.None);
}
