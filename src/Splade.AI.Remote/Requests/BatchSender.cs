using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text.Json.Serialization.Metadata;

namespace Splade.AI.Remote.Requests;

/// <summary>Sends the texts of calls in batches, a bounded number at a time, and those again that a server is too busy for.</summary>
/// <remarks>
/// Safe for concurrent use. A server that counts each text of a batch as a caller refuses a whole batch for one too many: its halves fit earlier. A
/// batch that is refused for one of its texts is sent in halves too, until the text is known.
/// </remarks>
/// <param name="server">The server.</param>
/// <param name="options">How it is asked.</param>
/// <param name="splits">Whether the answer to a text is the same whichever are beside it, so that batches may be halved.</param>
[SuppressMessage("Design", "CA1001", Justification = "Nobody asks for its handle, and without one there is nothing to free.")]
internal sealed class BatchSender(RemoteServer server, RemoteEncoderOptions options, bool splits = true)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(0.1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWaitAskedFor = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _slots = new(options.MaxConcurrentRequests);

    /// <summary>Sends all texts.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="envelope">What the requests have beside the texts.</param>
    /// <param name="texts">The texts; at least one.</param>
    /// <param name="maxBatchSize">The most texts of a request.</param>
    /// <param name="type">What an answer is.</param>
    /// <param name="read">Takes the answer to a batch, on several threads at a time.</param>
    /// <param name="cancellationToken">Observed between and within requests.</param>
    /// <returns>The tokens that the server says it has read; null if it does not say.</returns>
    /// <exception cref="RemoteEncoderException">A batch was refused for good; the others are given up.</exception>
    public async Task<long?> SendAsync<T>(
        string path,
        RequestEnvelope envelope,
        IReadOnlyList<string> texts,
        int maxBatchSize,
        JsonTypeInfo<T> type,
        Action<TextBatch, T> read,
        CancellationToken cancellationToken)
    {
        long tokens = 0;
        int silent = 0;
        IEnumerable<TextBatch> batches = TextBatch.Cut(texts, maxBatchSize, options.MaxRequestBytes - envelope.Bytes);
        var bound = new ParallelOptions { MaxDegreeOfParallelism = options.MaxConcurrentRequests, CancellationToken = cancellationToken };
        try
        {
            await Parallel.ForEachAsync(batches, bound, async (batch, token) =>
            {
                await _slots.WaitAsync(token).ConfigureAwait(false);
                try
                {
                    await SendAsync(batch, tries: 0, token).ConfigureAwait(false);
                }
                finally
                {
                    _slots.Release();
                }
            }).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }

        return silent == 0 ? tokens : null;

        async Task SendAsync(TextBatch batch, int tries, CancellationToken token)
        {
            int more = 0;
            try
            {
                RemoteAnswer<T> answer = await server.PostAsync(path, envelope.Enclose(batch.Texts.Span), type, token).ConfigureAwait(false);
                read(batch, answer.Value);
                Interlocked.Add(ref tokens, answer.Tokens ?? 0);
                silent |= answer.Tokens is null ? 1 : 0;
                return;
            }
            catch (RemoteEncoderException e) when (e.StatusCode == HttpStatusCode.TooManyRequests && tries < options.OverloadRetries)
            {
                await Task.Delay(Wait(tries, e.RetryAfter), options.Clock, token).ConfigureAwait(false);
                more = 1;
            }
            catch (RemoteEncoderException e) when (splits && IsOfTexts(e))
            {
                if (batch.Count == 1)
                {
                    throw RemoteErrors.At(batch.Start, e);
                }
            }

            foreach (TextBatch half in splits ? batch.Halves() : [batch])
            {
                await SendAsync(half, tries + more, token).ConfigureAwait(false);
            }
        }
    }

    private static bool IsOfTexts(RemoteEncoderException error) =>
        error.StatusCode is HttpStatusCode.UnprocessableEntity or HttpStatusCode.RequestEntityTooLarge && error.Position is null;

    // Callers that were refused together do not come back together.
    private static TimeSpan Wait(int tries, TimeSpan? askedFor)
    {
        TimeSpan doubled = FirstWait * Math.Pow(2, Math.Min(tries, 16));
        TimeSpan wait = doubled < LongestWait ? doubled : LongestWait;
        TimeSpan least = askedFor < LongestWaitAskedFor ? askedFor.Value : askedFor is null ? TimeSpan.Zero : LongestWaitAskedFor;
        wait *= 0.5 + Random.Shared.NextDouble();
        return wait > least ? wait : least;
    }
}
