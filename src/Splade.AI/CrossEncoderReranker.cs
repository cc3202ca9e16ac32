using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Splade.AI.ModelFiles;
using Splade.AI.Onnx;
using Splade.AI.Pooling;
using Splade.AI.Telemetry;
using Splade.AI.TextEncoding;
using Splade.AI.Tokenization;

namespace Splade.AI;

/// <summary>A cross-encoder that orders texts for a query: the models that Sentence Transformers calls <c>CrossEncoder</c>, and rerankers of their kind.</summary>
/// <remarks>
/// <para>
/// Safe for concurrent use. Pairs of all calls share the runs of the model, sorted by length and bounded by tokens, and the query is tokenized once for
/// each call. Disposing waits for the calls in flight and may be done more than once.
/// </para>
/// <para>
/// What stands between query and text is read from <c>tokenizer.json</c>, labels and activation from <c>config.json</c>. A sigmoid is taken where that
/// names no activation and there is one label, as in Sentence Transformers; <see cref="RerankResult.Logit"/> is what FastEmbed gives.
/// </para>
/// </remarks>
public sealed class CrossEncoderReranker : IReranker, IAsyncDisposable, IDeviceUser
{
    private readonly CrossEncoderModel _model;
    private readonly CrossEncoderRerankerOptions _options;
    private readonly TextEncoder<float> _encoder;
    private readonly ModelCalls _calls;

    private CrossEncoderReranker(
        CrossEncoderModel model, Tokenizer tokenizer, CrossEncoderRerankerOptions options, int maxTokens, TextEncoder<float> encoder)
    {
        _model = model;
        _options = options;
        _encoder = encoder;
        _calls = new ModelCalls(typeof(CrossEncoderReranker), model.Name, encoder.CloseAsync);
        Tokenizer = tokenizer;
        MaxTokens = maxTokens;
    }

    /// <summary>Gets the name of the model's folder, or <c>owner/name</c> for a model in the Hugging Face cache.</summary>
    public string ModelId => _model.Name;

    /// <summary>Gets the names of the model's labels, in the order of its logits; most rerankers have one.</summary>
    public IReadOnlyList<string> Labels => _model.Labels;

    /// <summary>Gets the model's tokenizer.</summary>
    public Tokenizer Tokenizer { get; }

    /// <summary>Gets the most tokens of query and text that are read together, special tokens included.</summary>
    public int MaxTokens { get; }

    /// <summary>Gets what the model runs on, for example <c>["cpu"]</c> or <c>["cuda:0", "cuda:1"]</c>. A device that was taken out is not there.</summary>
    public IReadOnlyList<string> Devices => _encoder.Devices;

    /// <summary>Loads a model with default options.</summary>
    /// <inheritdoc cref="CreateAsync(CrossEncoderRerankerOptions, CancellationToken)"/>
    public static Task<CrossEncoderReranker> CreateAsync(string modelFolder, CancellationToken cancellationToken = default) =>
        CreateAsync(new CrossEncoderRerankerOptions(modelFolder), cancellationToken);

    /// <summary>Loads a model on the thread pool.</summary>
    /// <exception cref="SpladeModelException">A file of the model is missing or wrong, or the model is of a kind that is not supported.</exception>
    /// <exception cref="ArgumentException">
    /// The model has several labels and the options name none of them, or they ask for more tokens than the model reads.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the model was loaded.</exception>
    public static async Task<CrossEncoderReranker> CreateAsync(CrossEncoderRerankerOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.RequireModelFolder(nameof(options));
        var own = (CrossEncoderRerankerOptions)await options.ResolveAsync(cancellationToken).ConfigureAwait(false);
        OnnxRuntimeStart.Begin();
        return await Task.Run(() => Create(own, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="SpladeModelException">The model failed.</exception>
    /// <exception cref="ObjectDisposedException">The reranker has been disposed.</exception>
    public async Task<IReadOnlyList<RerankResult>> RerankAsync(
        string query, IReadOnlyList<string> texts, RerankOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        string[] own = Texts.Check(texts, nameof(texts));
        int top = options?.Top ?? own.Length;
        var request = new PairRequest(query, MaxTokens, _options.Truncation);
        EncodedText<float>[] scored = await _calls.MakeAsync(
            inputType: null,
            own.Length,
            () => _encoder.EncodePairsAsync(own, request, cancellationToken),
            pair => new EncodedFacts(pair.TokenCount, pair.Truncated, ActiveDimensions: null)).ConfigureAwait(false);

        // Stable: equals stay in the order of the texts.
        return
        [
            .. scored
                .Select((pair, i) => new RerankResult(i, _model.Activation.Apply(pair.Vector), pair.Vector, pair.Truncated))
                .OrderByDescending(result => result.Logit)
                .Take(top),
        ];
    }

    /// <summary>This object, or its tokenizer and vocabulary.</summary>
    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        GeneratorContract.GetService(serviceType, serviceKey, this, Tokenizer, Tokenizer.Vocabulary);

    /// <inheritdoc/>
    public void Dispose() => _calls.Dispose();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _calls.DisposeAsync();

    private static CrossEncoderReranker Create(CrossEncoderRerankerOptions options, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        ILogger logger = Log.For<CrossEncoderReranker>(options.LoggerFactory);
        CrossEncoderModel model = CrossEncoderModel.Read(options.ModelFolder, options.ModelFile);
        options.RequireEncodingOfPairs(nameof(options));
        int label = model.FindLabel(options.Label);
        (_, _, Tokenizer tokenizer, OnnxSettings settings, _) = EncoderParts.Read(model.Files, model.Transformer, options, logger);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.MaxTokens, tokenizer.PairTemplate.Count + 2, nameof(options));
        cancellationToken.ThrowIfCancellationRequested();
        var loader = new OnnxModelLoader(
            model.Name, model.Transformer.Source.Graph, model.Labels.Count, TokenReduction.Labels, settings, tokenizer);
        IReadOnlyList<OnnxModel<float>> runners = loader.LoadOnAll<float>((_, _) => row => row[label]);
        var encoder = new TextEncoder<float>(tokenizer, runners, settings);
        Log.ModelLoaded(logger, model.Name, (long)Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        return new CrossEncoderReranker(model, tokenizer, options, settings.MaxTokens, encoder);
    }
}
