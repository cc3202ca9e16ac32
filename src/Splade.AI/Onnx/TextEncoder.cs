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
    private readonly Lazy<Task> _closing;
    private readonly SemaphoreSlim _runs;

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
        _runs = new SemaphoreSlim(settings.ConcurrentRuns);
        _closing = new Lazy<Task>(CloseOnceAsync);
    }

    /// <summary>Encodes texts on the thread pool; results are in the order of the texts.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="prompt">What is put before each text.</param>
    /// <param name="maxTokens">The most tokens of a text that are read, special tokens included.</param>
    /// <param name="cancellationToken">Observed between and within runs.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled; it carries that token.</exception>
    /// <exception cref="ObjectDisposedException">The encoder has been disposed.</exception>
    /// <exception cref="SpladeModelException">The model failed.</exception>
    public Task<EncodedText<TVector>[]> EncodeAsync(IReadOnlyList<string> texts, string prompt, int maxTokens, CancellationToken cancellationToken)
    {
        CallsInFlight.Call call = _calls.Enter();
        return Task.Run(Encode, CancellationToken.None);

        async Task<EncodedText<TVector>[]> Encode()
        {
            using (call)
            {
                return await EncodeCoreAsync(texts, prompt, maxTokens, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Waits for the calls in flight, then frees the model. Every caller waits for the same end.</summary>
    public Task CloseAsync() => _closing.Value;

    public void Dispose() => CloseAsync().GetAwaiter().GetResult();

    private async Task CloseOnceAsync()
    {
        await _calls.CloseAsync().ConfigureAwait(false);
        _model.Dispose();
    }

    private async Task<EncodedText<TVector>[]> EncodeCoreAsync(IReadOnlyList<string> texts, string prompt, int maxTokens, CancellationToken cancellationToken)
    {
        var results = new EncodedText<TVector>[texts.Count];
        var tokens = new TokenBuffer();
        TokenizationOptions options = new() { MaxTokens = maxTokens, SpecialTokensInText = _settings.SpecialTokensInText };
        for (int start = 0; start < texts.Count; start += EncoderSettings.Window)
        {
            int count = Math.Min(EncoderSettings.Window, texts.Count - start);
            var window = new TokenizedWindow(count);
            for (int i = 0; i < count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                _tokenizer.Encode(prompt + texts[start + i], tokens, options);
                window.Set(i, tokens);
            }

            await RunAsync(window, new ArraySegment<EncodedText<TVector>>(results, start, count), cancellationToken).ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        ReportTruncated(results, maxTokens);
        return results;
    }

    // As many workers as runs are allowed at a time: one result is reduced while the next run is under way.
    private async Task RunAsync(TokenizedWindow window, ArraySegment<EncodedText<TVector>> results, CancellationToken cancellationToken)
    {
        int budget = _model.Probe.BatchInvariant ? EncoderSettings.TokenBudget : 1;
        IReadOnlyList<int[]> batches = TokenBatchPlan.Create(window.Lengths, budget);
        using var failure = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        int next = -1;
        Task[] workers = new Task[Math.Min(_settings.ConcurrentRuns, batches.Count)];
        for (int i = 0; i < workers.Length; i++)
        {
            workers[i] = Task.Run(WorkAsync, CancellationToken.None);
        }

        try
        {
            await Task.WhenAll(workers).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }

        async Task WorkAsync()
        {
            for (int i; (i = Interlocked.Increment(ref next)) < batches.Count;)
            {
                await RunBatchAsync(window, batches[i], results, failure).ConfigureAwait(false);
            }
        }
    }

    private async Task RunBatchAsync(TokenizedWindow window, int[] positions, ArraySegment<EncodedText<TVector>> results, CancellationTokenSource failure)
    {
        await _runs.WaitAsync(failure.Token).ConfigureAwait(false);
        try
        {
            var batch = new TokenBatch(Array.ConvertAll(positions, p => window.Ids[p]), _settings.PadTokenId);
            TVector[] vectors = _model.Run(batch, _pool, failure.Token);
            for (int i = 0; i < vectors.Length; i++)
            {
                int position = positions[i];
                results[position] = new EncodedText<TVector>(vectors[i], window.Lengths[position], window.Truncated[position]);
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

    private void ReportTruncated(EncodedText<TVector>[] results, int maxTokens)
    {
        int truncated = results.Count(r => r.Truncated);
        if (truncated > 0)
        {
            Log.TextsTruncated(_settings.Logger, truncated, results.Length, maxTokens);
        }
    }
}
