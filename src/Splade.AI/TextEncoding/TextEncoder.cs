using Splade.AI.Telemetry;
using Splade.AI.TextEncoding.Scheduling;
using Splade.AI.Tokenization;

namespace Splade.AI.TextEncoding;

/// <summary>The path from texts to vectors, the same for sparse and dense models: tokenize, batch, run, reduce, pool. Pairs of texts take it to scores.</summary>
/// <remarks>Safe for concurrent callers. Owns the runners of the model. Its owner counts the calls in flight, and closes it after the last.</remarks>
internal sealed partial class TextEncoder<TVector>
{
    private readonly Tokenizer _tokenizer;
    private readonly EncoderSettings _settings;
    private readonly TextScheduler<TVector> _scheduler;

    /// <param name="tokenizer">The tokenizer of the model.</param>
    /// <param name="runners">The model on each device; the encoder owns them from now on.</param>
    /// <param name="settings">How to work.</param>
    public TextEncoder(Tokenizer tokenizer, IReadOnlyList<ITextRunner<TVector>> runners, EncoderSettings settings)
    {
        _tokenizer = tokenizer;
        _settings = settings;
        int queued = SchedulerSettings.QueuedTokensFor(runners.Sum(r => r.ConcurrentRuns), runners.Min(r => r.TokenBudget), settings.MaxTokens);
        _scheduler = new TextScheduler<TVector>(runners, new SchedulerSettings(settings.PadTokenId, queued, settings.Logger) { Model = settings.Model });
    }

    /// <summary>The devices that texts are run on.</summary>
    public IReadOnlyList<string> Devices => _scheduler.Devices;

    /// <summary>The element-wise maximum of two vectors; null where texts are never read through a sliding window.</summary>
    public Func<TVector, TVector, TVector>? Merge { get; init; }

    /// <summary>The tokens of all calls that wait to be run.</summary>
    public int QueuedTokens => _scheduler.HeldTokens;

    /// <summary>Encodes texts on the thread pool; results are in the order of the texts.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="request">How they are read.</param>
    /// <param name="cancellationToken">Observed between and within runs.</param>
    /// <exception cref="ArgumentException">A text is longer than is read, and that is refused; or its prompt leaves its windows no room.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; it carries that token.</exception>
    /// <exception cref="SpladeModelException">The model failed.</exception>
    public Task<EncodedText<TVector>[]> EncodeAsync(IReadOnlyList<string> texts, EncodingRequest request, CancellationToken cancellationToken) =>
        Task.Run(() => EncodeCoreAsync(texts, request, cancellationToken), CancellationToken.None);

    /// <summary>Waits for runs that are under way, as those of cancelled calls may be, then frees the model. To be called once, when no call is in flight.</summary>
    public Task CloseAsync() => _scheduler.CloseAsync();

    private async Task<EncodedText<TVector>[]> EncodeCoreAsync(IReadOnlyList<string> texts, EncodingRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (request.LongTexts == LongTextHandling.Throw)
        {
            RequireAllFit(texts, request, cancellationToken);
        }

        EncodedText<TVector>[] results = await RunAsync(texts.Count, call => Read(texts, request, call), cancellationToken).ConfigureAwait(false);
        ReportTruncated(results, request.MaxTokens);
        return results;
    }

    // Reads on while the queue has room.
    private async Task<EncodedText<TVector>[]> RunAsync(
        int count, Func<ScheduledCall<TVector>, IEnumerable<QueuedText<TVector>>> read, CancellationToken cancellationToken)
    {
        if (count == 0)
        {
            return [];
        }

        using ScheduledCall<TVector> call = _scheduler.Begin(count, cancellationToken);
        var portion = new List<QueuedText<TVector>>();
        int tokensOfPortion = 0;
        foreach (QueuedText<TVector> text in read(call))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (tokensOfPortion >= _scheduler.Portion)
            {
                await _scheduler.QueueAsync(call, portion).ConfigureAwait(false);
                portion.Clear();
                tokensOfPortion = 0;
            }

            portion.Add(text);
            tokensOfPortion += text.Length;
        }

        return await _scheduler.FinishAsync(call, portion).ConfigureAwait(false);
    }

    private void ReportTruncated(EncodedText<TVector>[] results, int maxTokens)
    {
        int truncated = results.Count(r => r.Truncated);
        if (truncated > 0)
        {
            Log.TextsTruncated(_settings.Logger, truncated, results.Length, maxTokens);
        }
    }
}
