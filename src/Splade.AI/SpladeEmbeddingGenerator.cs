using Microsoft.Extensions.AI;
using Splade.AI.Explanation;
using Splade.AI.Tokenization;

namespace Splade.AI;

/// <summary>A <see cref="SpladeEngine"/> as an embedding generator of Microsoft.Extensions.AI.</summary>
/// <remarks>
/// <para>
/// Safe for concurrent use. Whether texts are queries or documents is said per call, through
/// <see cref="SpladeEncodingOptions.InputType"/>, or once, by <see cref="AsQueryGenerator"/> and <see cref="AsDocumentGenerator"/>.
/// </para>
/// <para>
/// Register it as <c>IEmbeddingGenerator&lt;string, SparseEmbedding&gt;</c> only. Under the non-generic <see cref="IEmbeddingGenerator"/>
/// vector stores would take it for the dense generator that they look for.
/// </para>
/// </remarks>
public sealed class SpladeEmbeddingGenerator : IEmbeddingGenerator<string, SparseEmbedding>, ISparseExplainer, IAsyncDisposable, IDeviceUser
{
    private readonly SpladeEngine _engine;
    private readonly EmbeddingInputType _inputType;
    private readonly bool _ownsEngine;
    private readonly EmbeddingGeneratorMetadata _metadata;

    /// <summary>Creates a generator over an engine.</summary>
    /// <param name="engine">The loaded model.</param>
    /// <param name="inputType">What texts are where a call's options do not say.</param>
    /// <param name="ownsEngine">Whether disposing the generator disposes the engine.</param>
    public SpladeEmbeddingGenerator(SpladeEngine engine, EmbeddingInputType inputType = EmbeddingInputType.Document, bool ownsEngine = false)
    {
        ArgumentNullException.ThrowIfNull(engine);
        _engine = engine;
        _inputType = inputType;
        _ownsEngine = ownsEngine;
        _metadata = GeneratorContract.Metadata(engine.Model.Name, engine.Vocabulary.Count);
    }

    /// <summary>Gets what the keys of a cache must have beside text and options of a call, for <c>UseDistributedCache</c> of Microsoft.Extensions.AI.</summary>
    /// <remarks>
    /// <para>
    /// The keys there have neither model nor kind of embedding, so that generators which share a cache take each other's entries. With
    /// <c>cache.CacheKeyAdditionalValues = generator.CacheKeyAdditionalValues</c> they do not, and neither do the views for queries and
    /// documents, nor engines with other limits or another precision.
    /// </para>
    /// <para>
    /// A model is told by its name, the size of its vectors, and a hash (SHA-256) over its files, its prompts and its pooling, so that another
    /// model under the same name has other keys. The files are read for it when the values are first asked for, which takes a second for each
    /// gigabyte or two.
    /// </para>
    /// </remarks>
    /// <value>Texts, the same for equal models and settings on any machine.</value>
    /// <exception cref="SpladeModelException">A file of the model was replaced since it was loaded.</exception>
    public IReadOnlyList<object> CacheKeyAdditionalValues => _engine.CacheKeyFor(_inputType);

    /// <summary>Loads a model and creates a generator that owns it.</summary>
    /// <param name="modelFolder">The model's folder, in the layout of Sentence Transformers, with an ONNX file or weights in it.</param>
    /// <param name="cancellationToken">Observed while the model is loaded.</param>
    /// <exception cref="SpladeModelException">A file of the model is missing or wrong, or the model is of a kind that is not supported.</exception>
    public static Task<SpladeEmbeddingGenerator> CreateAsync(string modelFolder, CancellationToken cancellationToken = default) =>
        CreateAsync(new SpladeEngineOptions(modelFolder), cancellationToken);

    /// <summary>Loads a model and creates a generator that owns it.</summary>
    /// <param name="options">Where the model is and how it is run.</param>
    /// <param name="cancellationToken">Observed while the model is loaded.</param>
    /// <exception cref="SpladeModelException">A file of the model is missing or wrong, or the model is of a kind that is not supported.</exception>
    public static async Task<SpladeEmbeddingGenerator> CreateAsync(SpladeEngineOptions options, CancellationToken cancellationToken = default) =>
        new(await SpladeEngine.CreateAsync(options, cancellationToken).ConfigureAwait(false), ownsEngine: true);

    /// <summary>A view that encodes texts as queries unless a call's options say otherwise. It does not own the engine.</summary>
    public SpladeEmbeddingGenerator AsQueryGenerator() => new(_engine, EmbeddingInputType.Query);

    /// <summary>A view that encodes texts as documents unless a call's options say otherwise. It does not own the engine.</summary>
    public SpladeEmbeddingGenerator AsDocumentGenerator() => new(_engine, EmbeddingInputType.Document);

    /// <summary>Encodes texts on the thread pool; one embedding per text, in the order of the texts.</summary>
    /// <param name="values">Texts, enumerated once. None gives an empty result without running the model.</param>
    /// <param name="options">
    /// Null for the defaults. <see cref="EmbeddingGenerationOptions.ModelId"/> and <see cref="EmbeddingGenerationOptions.Dimensions"/>
    /// may be set to what this model has, and to nothing else.
    /// </param>
    /// <param name="cancellationToken">Observed between and within runs of the model.</param>
    /// <exception cref="ArgumentException">A text is null (the message has its position), or the options ask for another model or size.</exception>
    /// <exception cref="TextTooLongException">A text is longer than is read, and <see cref="LongTextHandling.Throw"/> was asked for.</exception>
    /// <exception cref="ObjectDisposedException">The engine has been disposed.</exception>
    public async Task<GeneratedEmbeddings<SparseEmbedding>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        string[] texts = Texts.Check(values, nameof(values));
        GeneratorContract.CheckOptions(options, _metadata, GeneratorContract.FewerEntries);
        SpladeEncoding[] encoded = await _engine.EncodeCheckedAsync(texts, EncodingOptions(options), cancellationToken).ConfigureAwait(false);
        return Generated.Sparse(_engine.Model.Name, encoded);
    }

    /// <summary>
    /// This object, its metadata, or the engine under it with its tokenizer, vocabulary, identity (<see cref="SparseModelIdentity"/>) and, if it
    /// has one, policy (<see cref="Policy.VocabularyPolicy"/>).
    /// </summary>
    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType == typeof(SparseModelIdentity)
            ? _engine.Identity // Made when it is asked for: files are read for it.
            : GeneratorContract.GetService(serviceType, serviceKey, this, _metadata, _engine, _engine.Tokenizer, _engine.Vocabulary, _engine.Policy);

    /// <summary>Disposes the engine if the generator owns it. May be called more than once.</summary>
    public void Dispose()
    {
        if (_ownsEngine)
        {
            _engine.Dispose();
        }
    }

    /// <inheritdoc cref="Dispose"/>
    public async ValueTask DisposeAsync()
    {
        if (_ownsEngine)
        {
            await _engine.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    IReadOnlyList<string> IDeviceUser.Devices => _engine.Devices;

    /// <inheritdoc/>
    Task<TextExplanation> ISparseExplainer.ExplainAsync(string text, ExplanationOptions? options, CancellationToken cancellationToken)
    {
        options = options?.Clone() ?? new ExplanationOptions();
        options.Encoding = options.Encoding.Or(new SpladeEncodingOptions { InputType = _inputType });
        return _engine.ExplainAsync(text, options, cancellationToken);
    }

    /// <inheritdoc/>
    Task<MatchExplanation> ISparseExplainer.ExplainMatchAsync(
        string query, string document, Func<int, double>? idf, ExplanationOptions? options, CancellationToken cancellationToken) =>
        ((ISparseExplainer)_engine).ExplainMatchAsync(query, document, idf, options, cancellationToken);

    private SpladeEncodingOptions EncodingOptions(EmbeddingGenerationOptions? options)
    {
        SpladeEncodingOptions own = options?.RawRepresentationFactory?.Invoke(this) as SpladeEncodingOptions ?? new SpladeEncodingOptions();
        return own.Or((options as SpladeEmbeddingGenerationOptions)?.Encoding).Or(new SpladeEncodingOptions { InputType = _inputType });
    }
}
