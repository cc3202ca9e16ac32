using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Splade.AI.ModelFiles;
using Splade.AI.Onnx;
using Splade.AI.Policy;
using Splade.AI.Telemetry;
using Splade.AI.TextEncoding;
using Splade.AI.Tokenization;

namespace Splade.AI;

/// <summary>A SPLADE model, loaded: turns texts into sparse vectors over the model's vocabulary.</summary>
/// <remarks>
/// <para>
/// All members are safe for concurrent use, and one engine serves a whole process: it owns the tokenizer and the ONNX sessions, and
/// generators, plugins and explanations are views on it. A run of the model holds a bounded number of tokens, and so does the queue before
/// it: calls share runs and take turns, however many texts a call has and however many callers there are. A call of at most 256 tokens, such
/// as a query, does not wait for longer ones: it runs beside them, and shares the processors with them.
/// </para>
/// <para>
/// The queries of an inference-free model (<see cref="SpladeModel.HasInferenceFreeQueries"/>) are looked up in a table: its ONNX file is
/// loaded by the first call that encodes a document, and never in a process that encodes queries only. If that fails, the next such call
/// tries again: the file may have come meanwhile.
/// </para>
/// <para>Disposing waits for the calls in flight; later calls throw <see cref="ObjectDisposedException"/>.</para>
/// </remarks>
public sealed partial class SpladeEngine : IDisposable, IAsyncDisposable
{
    /// <summary>So many table look-ups take less time than a switch of threads.</summary>
    private const int LookUpsOnCallersThread = 16;

    /// <summary>Texts of a stream that are encoded together: enough to fill batches with texts of like length, few enough to wait for.</summary>
    private const int StreamWindow = 256;

    private readonly SpladeParts _parts;
    private readonly SharedLoad<SpladeNeural> _neural;
    private readonly CallsInFlight _calls = new(typeof(SpladeEngine));
    private readonly CallTelemetry _telemetry;
    private readonly Lazy<Task> _closing;

    private SpladeEngine(SpladeParts parts)
    {
        _parts = parts;
        _telemetry = new CallTelemetry(parts.Model.Name);
        _neural = new SharedLoad<SpladeNeural>(parts.LoadNeural);
        _closing = new Lazy<Task>(CloseOnceAsync);
    }

    /// <summary>Gets what the model's folder says of it.</summary>
    public SpladeModel Model => _parts.Model;

    /// <summary>Gets the policy that vectors are under; null for none.</summary>
    public VocabularyPolicy? Policy => _parts.Policy?.Policy;

    /// <summary>Gets what the vectors depend on, to be kept beside stored ones: it tells later whether they may be compared with those of an engine.</summary>
    /// <remarks>The model's files are read when it is first asked for, to hash them, which takes a second for each gigabyte or two.</remarks>
    /// <exception cref="SpladeModelException">A file of the model was replaced since it was loaded.</exception>
    public SparseModelIdentity Identity => _parts.Identity;

    /// <summary>Gets the model's tokenizer.</summary>
    public Tokenizer Tokenizer => _parts.Tokenizer;

    /// <summary>Gets the model's vocabulary: the token text of each dimension.</summary>
    public Vocabulary Vocabulary => Tokenizer.Vocabulary;

    /// <summary>Gets the most tokens of a text that are read unless a call says otherwise, special tokens included.</summary>
    public int MaxTokens => _parts.Settings.MaxTokens;

    /// <summary>Gets what the model runs on, for example <c>["cpu"]</c> or <c>["cuda:0", "cuda:1"]</c>. A device that was taken out is not there.</summary>
    /// <remarks>
    /// As long as an inference-free model has not loaded its ONNX file, it is what will be tried: <c>["auto"]</c> where
    /// <see cref="ExecutionProvider.Auto"/> will choose.
    /// </remarks>
    public IReadOnlyList<string> Devices => _neural.Loaded?.Encoder.Devices ?? _parts.Settings.Devices.Described;

    /// <summary>
    /// Gets the precision that vectors of the model have: the one that was asked for, or <see cref="Precision.Exact"/>
    /// where Fast is not available.
    /// </summary>
    /// <remarks>As long as an inference-free model has not loaded its ONNX file, it is the one that was asked for. Queries from its table are exact.</remarks>
    public Precision Precision => PrecisionInUse.Precision;

    /// <summary>Gets the reason why <see cref="Precision"/> is not the one that was asked for, as the end of "... because"; null if it is.</summary>
    public string? PrecisionFallbackReason => PrecisionInUse.Obstacle;

    /// <summary>Loads a model with default options.</summary>
    /// <inheritdoc cref="CreateAsync(SpladeEngineOptions, CancellationToken)"/>
    public static Task<SpladeEngine> CreateAsync(string modelFolder, CancellationToken cancellationToken = default) =>
        CreateAsync(new SpladeEngineOptions(modelFolder), cancellationToken);

    /// <summary>Loads a model on the thread pool.</summary>
    /// <exception cref="SpladeModelException">A file of the model is missing or wrong, or the model is of a kind that is not supported.</exception>
    /// <exception cref="ArgumentException">The options ask for more tokens than the model reads.</exception>
    /// <exception cref="VocabularyPolicyException">The policy names a term that the model's vocabulary does not have.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the model was loaded.</exception>
    public static async Task<SpladeEngine> CreateAsync(SpladeEngineOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.RequireModelFolder(nameof(options));
        long start = Stopwatch.GetTimestamp();
        var own = (SpladeEngineOptions)await options.ResolveAsync(cancellationToken).ConfigureAwait(false);
        SpladeParts parts = await Task.Run(() => SpladeParts.Read(own), cancellationToken).ConfigureAwait(false);
        if (cancellationToken.IsCancellationRequested)
        {
            parts.Ahead?.Dispose();
            throw new OperationCanceledException(cancellationToken);
        }

        var engine = new SpladeEngine(parts);
        if (parts.Queries is null)
        {
            await engine._neural.GetAsync().ConfigureAwait(false);
        }

        Log.ModelLoaded(parts.Settings.Logger, parts.Model.Name, (long)Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        return engine;
    }

    /// <summary>Encodes texts on the thread pool.</summary>
    /// <param name="texts">Texts, enumerated once. An empty or blank text is encoded as Sentence Transformers does: as its special tokens.</param>
    /// <param name="options">Queries or documents, prompts and limits; null for documents and the engine's own limits.</param>
    /// <param name="cancellationToken">Observed between and within runs of the model.</param>
    /// <returns>One result per text, in the order of the texts.</returns>
    /// <exception cref="ArgumentException">A text is null (the message has its position), or the options ask for something the model does not have.</exception>
    /// <exception cref="TextTooLongException">A text is longer than is read, and <see cref="LongTextHandling.Throw"/> was asked for.</exception>
    /// <exception cref="ObjectDisposedException">The engine has been disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing is returned.</exception>
    /// <exception cref="SpladeModelException">The model failed on a text, or the ONNX file of an inference-free model cannot be loaded.</exception>
    public async Task<IReadOnlyList<SpladeEncoding>> EncodeAsync(
        IEnumerable<string> texts, SpladeEncodingOptions? options = null, CancellationToken cancellationToken = default)
    {
        string[] checkedTexts = Texts.Check(texts, nameof(texts));
        return await EncodeCheckedAsync(checkedTexts, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Encodes texts as they come, without end if need be: only a few hundred of them are held at a time.</summary>
    /// <param name="texts">Texts, enumerated once, and no further than the results are read.</param>
    /// <param name="options">Queries or documents, prompts and limits; null for documents and the engine's own limits.</param>
    /// <param name="progress">Told how many texts are encoded, after every few hundred; null for nobody.</param>
    /// <param name="cancellationToken">Observed between and within runs of the model.</param>
    /// <returns>One result per text, in the order of the texts.</returns>
    /// <exception cref="ArgumentException">
    /// A text is null (the message has its position among its neighbours), or the options ask for something the model does not have.
    /// </exception>
    /// <exception cref="TextTooLongException">
    /// A text is longer than is read, and <see cref="LongTextHandling.Throw"/> was asked for. Results of texts some way before it were given.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The engine has been disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled. Results before that were given.</exception>
    public IAsyncEnumerable<SpladeEncoding> EncodeStreamAsync(
        IAsyncEnumerable<string> texts, SpladeEncodingOptions? options = null, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return EncodeWindowsAsync(texts.Chunk(StreamWindow), options, progress, cancellationToken);
    }

    /// <inheritdoc cref="EncodeStreamAsync(IAsyncEnumerable{string}, SpladeEncodingOptions?, IProgress{long}?, CancellationToken)"/>
    public IAsyncEnumerable<SpladeEncoding> EncodeStreamAsync(
        IEnumerable<string> texts, SpladeEncodingOptions? options = null, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return EncodeWindowsAsync(texts.Chunk(StreamWindow).ToAsyncEnumerable(), options, progress, cancellationToken);
    }

    /// <summary>The terms of a vector of this model, the heaviest first: token texts as the vocabulary has them, word pieces included.</summary>
    /// <param name="vector">A vector of this model's dimensions.</param>
    /// <param name="top">How many terms at most, at least 1; null for all.</param>
    /// <exception cref="ArgumentException">The vector has other dimensions than the vocabulary.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is below 1.</exception>
    public IReadOnlyList<SparseTerm> Decode(SparseVector vector, int? top = null)
    {
        ArgumentNullException.ThrowIfNull(vector);
        return vector.Terms(Vocabulary, top);
    }

    /// <summary>Counts the tokens of each text as the engine reads it: special tokens included, cut at the limit where it truncates texts.</summary>
    /// <param name="texts">Texts, enumerated once.</param>
    /// <exception cref="ArgumentException">A text is null; the message has its position.</exception>
    public IReadOnlyList<int> CountTokens(IEnumerable<string> texts)
    {
        var tokens = new TokenBuffer();
        TokenizationOptions options = LongTextHandling == LongTextHandling.Truncate
            ? _parts.Settings.Tokenization
            : _parts.Settings.Tokenization with { MaxTokens = int.MaxValue };
        return Array.ConvertAll(Texts.Check(texts, nameof(texts)), text =>
        {
            Tokenizer.Encode(text, tokens, options);
            return tokens.Count;
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _closing.Value.GetAwaiter().GetResult();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _closing.Value.ConfigureAwait(false);

    /// <summary>Where the engine logs; null for nowhere.</summary>
    internal ILoggerFactory? LoggerFactory => _parts.Options.LoggerFactory;

    /// <summary>What becomes of texts with more tokens than are read at once, where a call does not say.</summary>
    internal LongTextHandling LongTextHandling => _parts.Options.Encoding.LongTextHandling ?? LongTextHandling.Truncate;

    /// <summary>What a cache of vectors of this engine must have in its keys.</summary>
    internal IReadOnlyList<object> CacheKeyFor(EmbeddingInputType inputType) => CacheKey.Of(_parts, Precision, inputType);

    private PrecisionInUse PrecisionInUse => _neural.Loaded?.PrecisionInUse ?? new PrecisionInUse(_parts.Settings.Precision, Obstacle: null);

    /// <summary>Encodes texts that have been checked.</summary>
    /// <inheritdoc cref="EncodeAsync"/>
    internal async Task<SpladeEncoding[]> EncodeCheckedAsync(string[] texts, SpladeEncodingOptions? options, CancellationToken cancellationToken)
    {
        var call = new SpladeCall(_parts, options ?? new SpladeEncodingOptions());
        using CallsInFlight.Call inFlight = _calls.Enter();
        return await _telemetry.MeasureAsync(
            call.InputType,
            texts.Length,
            () => EncodeCoreAsync(texts, call, cancellationToken),
            e => new EncodedFacts(e.TokenCount, e.Truncated, e.Vector.Count)).ConfigureAwait(false);
    }

    /// <summary>Encodes the texts of a call that has been let in.</summary>
    private async Task<SpladeEncoding[]> EncodeCoreAsync(string[] texts, SpladeCall call, CancellationToken cancellationToken)
    {
        EncodedText<SparseVector>[] encoded = call.LooksUp
            ? await LookUpAsync(texts, call, cancellationToken).ConfigureAwait(false)
            : await RunAsync(texts, call, cancellationToken).ConfigureAwait(false);
        return Array.ConvertAll(encoded, call.Finish);
    }

    private async Task<EncodedText<SparseVector>[]> RunAsync(string[] texts, SpladeCall call, CancellationToken cancellationToken) =>
        await (await _neural.GetAsync().ConfigureAwait(false)).Encoder.EncodeAsync(texts, call.Request, cancellationToken).ConfigureAwait(false);

    private async IAsyncEnumerable<SpladeEncoding> EncodeWindowsAsync(
        IAsyncEnumerable<string[]> windows,
        SpladeEncodingOptions? options,
        IProgress<long>? progress,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long done = 0;
        await foreach (string[] window in windows.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            IReadOnlyList<SpladeEncoding> encodings = await EncodeWindowAsync(window, done, options, cancellationToken).ConfigureAwait(false);
            done += window.Length;
            progress?.Report(done);
            foreach (SpladeEncoding encoding in encodings)
            {
                yield return encoding;
            }
        }
    }

    private async Task<IReadOnlyList<SpladeEncoding>> EncodeWindowAsync(
        string[] window, long before, SpladeEncodingOptions? options, CancellationToken cancellationToken)
    {
        try
        {
            return await EncodeAsync(window, options, cancellationToken).ConfigureAwait(false);
        }
        catch (TextTooLongException e) when (before > 0)
        {
            throw new TextTooLongException(before + e.Position, e.TokenCount, e.MaxTokens);
        }
    }

    private static Task<EncodedText<SparseVector>[]> LookUpAsync(string[] texts, SpladeCall call, CancellationToken cancellationToken)
    {
        return texts.Length > LookUpsOnCallersThread ? Task.Run(LookUp, cancellationToken) : Task.FromResult(LookUp());

        EncodedText<SparseVector>[] LookUp() => [.. texts.Select((text, position) =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return call.LookUp(text, position);
        })];
    }

    private async Task CloseOnceAsync()
    {
        await _calls.CloseAsync().ConfigureAwait(false);
        if (_neural.Loaded is SpladeNeural loaded)
        {
            await loaded.CloseAsync().ConfigureAwait(false);
        }
    }
}
