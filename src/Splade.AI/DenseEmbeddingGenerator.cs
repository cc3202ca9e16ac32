using System.Diagnostics;
using System.Numerics.Tensors;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Splade.AI.ModelFiles;
using Splade.AI.Onnx;
using Splade.AI.Pooling;
using Splade.AI.Telemetry;
using Splade.AI.TextEncoding;
using Splade.AI.Tokenization;

namespace Splade.AI;

/// <summary>A dense Sentence Transformers model as an embedding generator of Microsoft.Extensions.AI: the other half of hybrid search.</summary>
/// <remarks>
/// Safe for concurrent use. Pooling (mean or CLS) and normalisation are read from the model's folder. Disposing waits for the calls in
/// flight and may be done more than once. A call of at most 256 tokens, such as a query, does not wait for longer ones: it runs beside them.
/// </remarks>
public sealed class DenseEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>, IAsyncDisposable, IDeviceUser
{
    private readonly TextEncoder<float[]> _encoder;
    private readonly ModelCalls _calls;
    private readonly EmbeddingGeneratorMetadata _metadata;
    private readonly ModelFingerprint _fingerprint;
    private readonly DenseEmbeddingGeneratorOptions _options;
    private readonly PrecisionInUse _precision;

    private DenseEmbeddingGenerator(
        DenseModel model, Tokenizer tokenizer, DenseEmbeddingGeneratorOptions options, int maxTokens, int dimensions, TextEncoder<float[]> encoder, PrecisionInUse precision)
    {
        Model = model;
        Tokenizer = tokenizer;
        MaxTokens = maxTokens;
        _encoder = encoder;
        _calls = new ModelCalls(typeof(DenseEmbeddingGenerator), model.Name, encoder.CloseAsync);
        _metadata = GeneratorContract.Metadata(model.Name, dimensions);
        _fingerprint = ModelFingerprint.Of(model);
        _options = options;
        _precision = precision;
    }

    /// <summary>Gets what the model's folder says of it.</summary>
    public DenseModel Model { get; }

    /// <summary>Gets the model's tokenizer.</summary>
    public Tokenizer Tokenizer { get; }

    /// <summary>Gets the most tokens of a text that are read, special tokens included.</summary>
    public int MaxTokens { get; }

    /// <summary>Gets what the model runs on, for example <c>["cpu"]</c> or <c>["cuda:0", "cuda:1"]</c>. A device that was taken out is not there.</summary>
    public IReadOnlyList<string> Devices => _encoder.Devices;

    /// <summary>Gets the precision of the vectors: the one that was asked for, or <see cref="Precision.Exact"/> where Fast is not available.</summary>
    public Precision Precision => _precision.Precision;

    /// <summary>Gets the reason why <see cref="Precision"/> is not the one that was asked for, as the end of "... because"; null if it is.</summary>
    public string? PrecisionFallbackReason => _precision.Obstacle;

    /// <inheritdoc cref="SpladeEmbeddingGenerator.CacheKeyAdditionalValues"/>
    public IReadOnlyList<object> CacheKeyAdditionalValues => CacheKey.Of(_fingerprint, _metadata.DefaultModelDimensions!.Value, _options, MaxTokens, Precision);

    /// <summary>Loads a model with default options.</summary>
    /// <inheritdoc cref="CreateAsync(DenseEmbeddingGeneratorOptions, CancellationToken)"/>
    public static Task<DenseEmbeddingGenerator> CreateAsync(string modelFolder, CancellationToken cancellationToken = default) =>
        CreateAsync(new DenseEmbeddingGeneratorOptions(modelFolder), cancellationToken);

    /// <summary>Loads a model on the thread pool.</summary>
    /// <exception cref="SpladeModelException">A file of the model is missing or wrong, or the model is of a kind that is not supported.</exception>
    /// <exception cref="ArgumentException">The options ask for more tokens than the model reads.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the model was loaded.</exception>
    public static async Task<DenseEmbeddingGenerator> CreateAsync(
        DenseEmbeddingGeneratorOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.RequireModelFolder(nameof(options));
        var own = (DenseEmbeddingGeneratorOptions)await options.ResolveAsync(cancellationToken).ConfigureAwait(false);
        OnnxRuntimeStart.Begin();
        return await Task.Run(() => Create(own, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Encodes texts on the thread pool; one embedding per text, in the order of the texts.</summary>
    /// <param name="values">Texts, enumerated once. None gives an empty result without running the model.</param>
    /// <param name="options">
    /// Null for the defaults. <see cref="SpladeEmbeddingGenerationOptions"/> say whether texts are queries or documents, for models with
    /// prompts, and how much of a text is read. <see cref="EmbeddingGenerationOptions.ModelId"/> and
    /// <see cref="EmbeddingGenerationOptions.Dimensions"/> may be set to what this model has, and to nothing else.
    /// </param>
    /// <param name="cancellationToken">Observed between and within runs of the model.</param>
    /// <exception cref="ArgumentException">
    /// A text is null (the message has its position), or the options ask for another model or size or for a sliding window.
    /// </exception>
    /// <exception cref="TextTooLongException">A text is longer than is read, and <see cref="LongTextHandling.Throw"/> was asked for.</exception>
    /// <exception cref="ObjectDisposedException">The generator has been disposed.</exception>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        string[] texts = Texts.Check(values, nameof(values));
        GeneratorContract.CheckOptions(options, _metadata);
        DenseCall call = Call((options as SpladeEmbeddingGenerationOptions)?.Encoding ?? new SpladeEncodingOptions());
        EncodedText<float[]>[] encoded = await _calls.MakeAsync(
            call.InputType,
            texts.Length,
            () => _encoder.EncodeAsync(texts, call.Request, cancellationToken),
            e => new EncodedFacts(e.TokenCount, e.Truncated, ActiveDimensions: null)).ConfigureAwait(false);
        return Generated.Dense(Model.Name, Array.ConvertAll(encoded, e => ((ReadOnlyMemory<float>)e.Vector, e.TokenCount, e.Truncated)));
    }

    /// <summary>This object, its metadata, or its tokenizer and vocabulary.</summary>
    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        GeneratorContract.GetService(serviceType, serviceKey, this, _metadata, Tokenizer, Tokenizer.Vocabulary, _fingerprint);

    /// <inheritdoc/>
    public void Dispose() => _calls.Dispose();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _calls.DisposeAsync();

    private DenseCall Call(SpladeEncodingOptions options) => new(Model, Tokenizer, MaxTokens, options.Or(_options.Encoding));

    private static DenseEmbeddingGenerator Create(DenseEmbeddingGeneratorOptions options, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        ILogger logger = Log.For<DenseEmbeddingGenerator>(options.LoggerFactory);
        DenseModel model = DenseModel.Read(options.ModelFolder, options.ModelFile);
        OnnxSettings early = options.ToSettings(model.Transformer, logger) with { Model = model.Files.Name, Precision = options.Precision };
        using OpeningAhead? ahead = OpeningAhead.BeginRows(model.Name, model.Transformer.Source.Graph, model.Dimensions, early);
        (_, _, Tokenizer tokenizer, OnnxSettings settings, _) = EncoderParts.Read(model.Files, model.Transformer, options, logger);
        settings = settings with { Precision = options.Precision };
        _ = new DenseCall(model, tokenizer, settings.MaxTokens, options.Encoding);
        cancellationToken.ThrowIfCancellationRequested();
        TokenReduction reduction = model.Pooling == PoolingStrategy.Mean ? TokenReduction.Mean : TokenReduction.First;
        RowPooling<float[]> pool = PoolingOf(model);
        var loader = new OnnxModelLoader(model.Name, model.Transformer.Source.Graph, model.Dimensions, reduction, settings, tokenizer) { Ahead = ahead };
        IReadOnlyList<OnnxModel<float[]>> runners = loader.LoadOnAll((_, _) => pool);
        var encoder = new TextEncoder<float[]>(tokenizer, runners, settings);
        Log.ModelLoaded(logger, model.Name, (long)Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        int dimensions = model.Layers is [.., DenseLayer last] ? last.Outputs : runners[0].Width;
        return new DenseEmbeddingGenerator(model, tokenizer, options, settings.MaxTokens, dimensions, encoder, runners.Select(r => r.PrecisionInUse).MinBy(p => p.Precision)!);
    }

    private static RowPooling<float[]> PoolingOf(DenseModel model)
    {
        // The last step first: each layer hands its numbers to what comes behind it, and without layers a row is copied once.
        RowPooling<float[]> pool = model.Normalize ? DenseNormalization.Normalize : row => row.ToArray();
        foreach (DenseProjection layer in model.Layers.Reverse().Select(Load))
        {
            RowPooling<float[]> next = pool;
            pool = row => next(layer.Apply(row));
        }

        return pool;
    }

    private static DenseProjection Load(DenseLayer layer)
    {
        (float[] weights, float[] bias) = layer.ReadWeights();
        return new DenseProjection(weights, bias, layer.Activation switch
        {
            "Tanh" => numbers => TensorPrimitives.Tanh(numbers, numbers),
            "Sigmoid" => numbers => TensorPrimitives.Sigmoid(numbers, numbers),
            "ReLU" => numbers => TensorPrimitives.Max(numbers, 0, numbers),
            _ => null,
        });
    }
}
