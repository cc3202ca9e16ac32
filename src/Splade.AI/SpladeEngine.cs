using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Splade.AI.ModelFiles;
using Splade.AI.Onnx;
using Splade.AI.Pooling;
using Splade.AI.Tokenization;

namespace Splade.AI;

/// <summary>A SPLADE model, loaded: turns texts into sparse vectors over the model's vocabulary.</summary>
/// <remarks>
/// <para>
/// All members are safe for concurrent use, and one engine serves a whole process: it owns the tokenizer and the ONNX session, and
/// generators, plugins and explanations are views on it. Memory does not grow with the number of texts or callers.
/// </para>
/// <para>Disposing waits for the calls in flight; later calls throw <see cref="ObjectDisposedException"/>.</para>
/// </remarks>
public sealed class SpladeEngine : IDisposable, IAsyncDisposable
{
    private readonly TextEncoder<SparseVector> _encoder;

    private SpladeEngine(SpladeModel model, Tokenizer tokenizer, int maxTokens, TextEncoder<SparseVector> encoder)
    {
        Model = model;
        Tokenizer = tokenizer;
        MaxTokens = maxTokens;
        _encoder = encoder;
    }

    /// <summary>What the model's folder says of it.</summary>
    public SpladeModel Model { get; }

    /// <summary>The model's tokenizer.</summary>
    public Tokenizer Tokenizer { get; }

    /// <summary>The model's vocabulary: the token text of each dimension.</summary>
    public Vocabulary Vocabulary => Tokenizer.Vocabulary;

    /// <summary>The most tokens of a text that are read, special tokens included.</summary>
    public int MaxTokens { get; }

    /// <summary>Loads a model with default options.</summary>
    /// <inheritdoc cref="CreateAsync(SpladeEngineOptions, CancellationToken)"/>
    public static Task<SpladeEngine> CreateAsync(string modelFolder, CancellationToken cancellationToken = default) =>
        CreateAsync(new SpladeEngineOptions(modelFolder), cancellationToken);

    /// <summary>Loads a model on the thread pool.</summary>
    /// <exception cref="SpladeModelException">A file of the model is missing or wrong, or the model is of a kind that is not supported.</exception>
    /// <exception cref="ArgumentException">The options ask for more tokens than the model reads.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the model was loaded.</exception>
    public static Task<SpladeEngine> CreateAsync(SpladeEngineOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Task.Run(() => Create(options, cancellationToken), cancellationToken);
    }

    /// <summary>Encodes texts on the thread pool.</summary>
    /// <param name="texts">Texts, enumerated once. An empty or blank text is encoded as Sentence Transformers does: as its special tokens.</param>
    /// <param name="options">Whether they are queries or documents; null for documents.</param>
    /// <param name="cancellationToken">Observed between and within runs of the model.</param>
    /// <returns>One result per text, in the order of the texts.</returns>
    /// <exception cref="ArgumentException">A text is null; the message has its position.</exception>
    /// <exception cref="ObjectDisposedException">The engine has been disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing is returned.</exception>
    public async Task<IReadOnlyList<SpladeEncoding>> EncodeAsync(
        IEnumerable<string> texts, SpladeEncodingOptions? options = null, CancellationToken cancellationToken = default)
    {
        string[] checkedTexts = Texts.Check(texts, nameof(texts));
        string prompt = Model.Files.PromptFor(options?.InputType ?? SpladeInputType.Document);
        EncodedText<SparseVector>[] encoded = await _encoder.EncodeAsync(checkedTexts, prompt, cancellationToken).ConfigureAwait(false);
        return Array.ConvertAll(encoded, e => new SpladeEncoding(e.Vector, e.TokenCount, e.Truncated));
    }

    /// <inheritdoc/>
    public void Dispose() => _encoder.Dispose();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _encoder.CloseAsync().ConfigureAwait(false);

    private static SpladeEngine Create(SpladeEngineOptions options, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        ILogger logger = Log.For<SpladeEngine>(options.LoggerFactory);
        SpladeModel model = SpladeModel.Read(options.ModelFolder);
        EncoderSettings settings = options.ToSettings(model.Files, logger);
        Tokenizer tokenizer = Tokenizer.Load(model.Files.TokenizerFile);
        cancellationToken.ThrowIfCancellationRequested();
        OnnxModel onnx = OnnxModel.Load(model.OnnxFile, tokenizer.Vocabulary.Count, TokenReduction.Max, settings.Threads, tokenizer);
        var encoder = new TextEncoder<SparseVector>(tokenizer, onnx, settings, SpladePooling.FromMaxima, typeof(SpladeEngine));
        Log.ModelLoaded(logger, model.Name, (long)Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        return new SpladeEngine(model, tokenizer, settings.MaxTokens, encoder);
    }
}
