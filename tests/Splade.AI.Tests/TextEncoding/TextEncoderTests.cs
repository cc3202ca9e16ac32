using Microsoft.Extensions.Logging.Abstractions;
using Splade.AI.Tests.TestDoubles;
using Splade.AI.TextEncoding;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.TextEncoding;

/// <summary>The way from texts to vectors over a fake device: closing it in the middle of things.</summary>
public sealed class TextEncoderTests : IDisposable
{
    private static readonly EncodingRequest Request = new("", MaxTokens: 64);

    private readonly TestRunner _runner = new();
    private readonly CallsInFlight _calls = new(typeof(TextEncoderTests));
    private readonly TextEncoder<int> _sut;
    private readonly List<Task> _encodings = [];
    private Task? _closing;

    public TextEncoderTests()
    {
        var settings = new EncoderSettings(Request.MaxTokens, PadTokenId: 0, SpecialTokensInText: true, NullLogger.Instance);
        var tokenizer = Tokenizer.Load(Path.Combine(EngineFixture.ModelFolder, "tokenizer.json"));
        _sut = new TextEncoder<int>(tokenizer, [_runner], settings);
    }

    public void Dispose()
    {
        CloseAsync().GetAwaiter().GetResult();
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
        var encoder = new TextEncoder<int>(new FailingTokenizer("bad"), [runner], settings);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => encoder.EncodeAsync(["good", "a bad one"], Request with { LongTexts = longTexts }, CancellationToken.None));
        Assert.Contains("position 1 of the call", error.Message, StringComparison.Ordinal);
        Assert.IsType<ArgumentOutOfRangeException>(error.InnerException);
    }

    [Fact]
    public async Task CloseAsync_CallsUnderWayAndQueued_WaitsForAllOfThem()
    {
        _runner.Hold();
        foreach (int texts in Enumerable.Range(0, 20).Select(i => 1 + (i * 100)))
        {
            _ = EncodeAsync([.. Enumerable.Repeat("mars", texts)]);
        }

        await _runner.StartedAsync();
        Task closing = CloseAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => EncodeAsync("late"));
        Assert.False(closing.IsCompleted);
        Assert.False(_runner.IsDisposed);
        _runner.Release();
        await closing;
        Assert.True(_runner.IsDisposed);
        Assert.Equal(20, _encodings.Count);
        Assert.All(_encodings, e => Assert.True(e.IsCompletedSuccessfully));
    }

    [Fact]
    public async Task CloseAsync_CancelledCallWhoseRunGoesOn_WaitsForTheRun()
    {
        using var gate = new ManualResetEventSlim();
        using var source = new CancellationTokenSource();
        _runner.Hold();
        Task first = EncodeAsync("mars");
        await _runner.StartedAsync();
        Task cancelled = EncodeAsync(["venus"], source.Token);
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
        Task closing = CloseAsync();
        Assert.False(closing.IsCompleted);
        Assert.False(_runner.IsDisposed);
        gate.Set();
        await closing;
        Assert.True(_runner.IsDisposed);
    }

    private Task<EncodedText<int>[]> EncodeAsync(params string[] texts) => EncodeAsync(texts, CancellationToken.None);

    // As the owners of encoders do it, which count the calls.
    private async Task<EncodedText<int>[]> EncodeAsync(string[] texts, CancellationToken cancellationToken)
    {
        using CallsInFlight.Call call = _calls.Enter();
        Task<EncodedText<int>[]> encoding = _sut.EncodeAsync(texts, Request, cancellationToken);
        _encodings.Add(encoding);
        return await encoding;
    }

    private Task CloseAsync() => _closing ??= CloseOnceAsync();

    private async Task CloseOnceAsync()
    {
        await _calls.CloseAsync();
        await _sut.CloseAsync();
    }
}
