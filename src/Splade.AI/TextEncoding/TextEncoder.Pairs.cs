using Splade.AI.Telemetry;
using Splade.AI.TextEncoding.Scheduling;
using Splade.AI.Tokenization;

namespace Splade.AI.TextEncoding;

/// <content>Pairs of a query and a text, which a cross-encoder reads together.</content>
internal sealed partial class TextEncoder<TVector>
{
    /// <summary>Runs a query with each of some texts, on the thread pool; results are in the order of the texts.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="request">The query, and how pairs are read.</param>
    /// <param name="cancellationToken">Observed between and within runs.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled; it carries that token.</exception>
    /// <exception cref="SpladeModelException">The model failed.</exception>
    public Task<EncodedText<TVector>[]> EncodePairsAsync(IReadOnlyList<string> texts, PairRequest request, CancellationToken cancellationToken) =>
        Task.Run(
            async () =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                EncodedText<TVector>[] results =
                    await RunAsync(texts.Count, call => ReadPairs(texts, request, call), cancellationToken).ConfigureAwait(false);
                int truncated = results.Count(r => r.Truncated);
                if (truncated > 0)
                {
                    Log.PairsTruncated(_settings.Logger, truncated, results.Length, request.MaxTokens);
                }

                return results;
            },
            CancellationToken.None);

    private IEnumerable<QueuedText<TVector>> ReadPairs(IReadOnlyList<string> texts, PairRequest request, ScheduledCall<TVector> call)
    {
        PairReader? reader = null;
        for (int i = 0; i < texts.Count; i++)
        {
            TokenPair pair;
            try
            {
                reader ??= new PairReader(_tokenizer, request.Query, _settings.Tokenization with { MaxTokens = request.MaxTokens }, request.Truncation);
                pair = reader.Read(texts[i]);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                throw TokenizerFails(i, e);
            }

            yield return call.CreatePair(i, pair);
        }
    }
}
