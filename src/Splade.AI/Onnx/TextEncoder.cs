using Splade.AI.Tokenization;

namespace Splade.AI.Onnx;

/// <summary>The path from texts to vectors, the same for sparse and dense models: tokenize, batch, run, reduce, pool.</summary>
/// <remarks>Safe for concurrent callers. Owns the model, and frees it when the last call in flight has ended.</remarks>
internal sealed class TextEncoder<TVector> : IDisposable
{
    private readonly Tokenizer _tokenizer;
    private readonly OnnxModel _model;
    private readonly EncoderSettings _settings;
    private readonly RowPooling<TVector> _pool;
    private readonly CallsInFlight _calls;
    private readonly SemaphoreSlim _runs = new(EncoderSettings.ConcurrentRuns);

    /// <param name="tokenizer">The tokenizer of the model.</param>
    /// <param name="model">The model; the encoder owns it from now on.</param>
    /// <param name="settings">How to work.</param>
    /// <param name="pool">Makes a vector of a row of the model.</param>
    /// <param name="owner">The type that users know the encoder by, for the error after it was disposed.</param>
    public TextEncoder(Tokenizer tokenizer, OnnxModel model, EncoderSettings settings, RowPooling<TVector> pool, Type owner)
    {
        _tokenizer = tokenizer;
        _model = model;
        _settings = settings;
        _pool = pool;
        _calls = new CallsInFlight(owner);
    }

    /// <summary>Encodes texts on the thread pool; results are in the order of the texts.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; it carries that token.</exception>
    /// <exception cref="ObjectDisposedException">The encoder has been disposed.</exception>
    public Task<EncodedText<TVector>[]> EncodeAsync(IReadOnlyList<string> texts, string prompt, CancellationToken cancellationToken)
    {
        CallsInFlight.Call call = _calls.Enter();
        return Task.Run(Encode, CancellationToken.None);

        async Task<EncodedText<TVector>[]> Encode()
        {
            using (call)
            {
                return await EncodeCoreAsync(texts, prompt, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Waits for the calls in flight, then frees the model. Further calls do nothing.</summary>
    public async Task CloseAsync()
    {
        await _calls.CloseAsync().ConfigureAwait(false);
        _model.Dispose();
    }

    public void Dispose() => CloseAsync().GetAwaiter().GetResult();

    private async Task<EncodedText<TVector>[]> EncodeCoreAsync(IReadOnlyList<string> texts, string prompt, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TokenizedText[] tokenized = Tokenize(texts, prompt, cancellationToken);
        int budget = _model.BatchInvariant ? EncoderSettings.TokenBudget : 1;
        IReadOnlyList<int[]> batches = TokenBatchPlan.Create(Array.ConvertAll(tokenized, t => t.Count), budget);
        var results = new EncodedText<TVector>[texts.Count];
        using var failure = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        int next = -1;
        Task[] workers = Enumerable.Range(0, Math.Min(EncoderSettings.ConcurrentRuns, batches.Count)).Select(_ => Task.Run(Work, CancellationToken.None)).ToArray();
        try
        {
            await Task.WhenAll(workers).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }

        ReportTruncated(results);
        return results;

        async Task Work()
        {
            for (int i; (i = Interlocked.Increment(ref next)) < batches.Count;)
            {
                await RunAsync(batches[i]).ConfigureAwait(false);
            }
        }

        async Task RunAsync(int[] positions)
        {
            await _runs.WaitAsync(failure.Token).ConfigureAwait(false);
            try
            {
                var batch = new TokenBatch(Array.ConvertAll(positions, p => tokenized[p]), _settings.PadTokenId);
                TVector[] vectors = _model.Run(batch, _pool, failure.Token);
                for (int i = 0; i < vectors.Length; i++)
                {
                    TokenizedText text = tokenized[positions[i]];
                    results[positions[i]] = new EncodedText<TVector>(vectors[i], text.Count, text.Truncated);
                }
            }
            catch
            {
                await failure.CancelAsync().ConfigureAwait(false);
                throw;
            }
            finally
            {
                _runs.Release();
            }
        }
    }

    private TokenizedText[] Tokenize(IReadOnlyList<string> texts, string prompt, CancellationToken cancellationToken)
    {
        TokenizationOptions options = new() { MaxTokens = _settings.MaxTokens, SpecialTokensInText = _settings.SpecialTokensInText };
        var tokenized = new TokenizedText[texts.Count];
        for (int i = 0; i < tokenized.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            tokenized[i] = _tokenizer.Encode(prompt + texts[i], options);
        }

        return tokenized;
    }

    private void ReportTruncated(EncodedText<TVector>[] results)
    {
        int truncated = results.Count(r => r.Truncated);
        if (truncated > 0)
        {
            Log.TextsTruncated(_settings.Logger, truncated, results.Length, _settings.MaxTokens);
        }
    }
}
