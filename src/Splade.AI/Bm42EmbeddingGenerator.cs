using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Splade.AI.Bm42;
using Splade.AI.Explanation;
using Splade.AI.Hashing;
using Splade.AI.Telemetry;
using Splade.AI.Tokenization;

namespace Splade.AI;

/// <summary>BM42 as an embedding generator of Microsoft.Extensions.AI: sparse vectors of words, weighed by the attention of a transformer.</summary>
/// <remarks>
/// <para>
/// The vectors are those of FastEmbed's <c>Qdrant/bm42-all-minilm-l6-v2-attentions</c>: the weight of a word is how much the first token attends to its
/// pieces in the last layer, <c>ln(1 + weight) ^ 0.5</c> of it; words are stemmed and hashed into the space that <see cref="Bm25EmbeddingGenerator"/> has.
/// Queries need no model: each of their words counts 1. What is rare in the collection is not in the vectors: the store has to multiply by the inverse
/// document frequency at query time (<see cref="SparseModelIdentity.RequiresIdf"/>). A store that does not ranks poorly.
/// </para>
/// <para>
/// Words are what the model's tokenizer makes of them, the stemmer is for English, and the stop words are those of the folder. A long text is cut at the
/// limit, which is FastEmbed's, or refused: there is no sliding window.
/// </para>
/// <para>Safe for concurrent use. Disposing waits for the calls in flight and may be done more than once.</para>
/// </remarks>
public sealed class Bm42EmbeddingGenerator : IEmbeddingGenerator<string, SparseEmbedding>, ISparseExplainer, IAsyncDisposable, IDeviceUser
{
    private readonly Bm42Runner _runner;
    private readonly EmbeddingInputType _inputType;
    private readonly bool _ownsModel;
    private readonly EmbeddingGeneratorMetadata _metadata;

    private Bm42EmbeddingGenerator(Bm42Runner runner, EmbeddingInputType inputType, bool ownsModel)
    {
        _runner = runner;
        _inputType = inputType;
        _ownsModel = ownsModel;
        _metadata = GeneratorContract.Metadata(runner.Parts.Name, HashedTerms.Dimensions);
    }

    /// <summary>Gets the model's tokenizer.</summary>
    public Tokenizer Tokenizer => _runner.Parts.Tokenizer;

    /// <summary>Gets the most tokens of a text that are read unless a call says otherwise, special tokens included.</summary>
    public int MaxTokens => _runner.Parts.Settings.MaxTokens;

    /// <summary>Gets what the model runs on, for example <c>["cpu"]</c> or <c>["cuda:0", "cuda:1"]</c>. A device that was taken out is not there.</summary>
    public IReadOnlyList<string> Devices => _runner.Devices;

    /// <inheritdoc cref="SpladeEmbeddingGenerator.CacheKeyAdditionalValues"/>
    public IReadOnlyList<object> CacheKeyAdditionalValues => CacheKey.Of(_runner.Identity, _runner.Parts, _inputType);

    /// <summary>Loads a model with default options.</summary>
    /// <inheritdoc cref="CreateAsync(Bm42Options, CancellationToken)"/>
    public static Task<Bm42EmbeddingGenerator> CreateAsync(string modelFolder, CancellationToken cancellationToken = default) =>
        CreateAsync(new Bm42Options(modelFolder), cancellationToken);

    /// <summary>Loads a model on the thread pool and creates a generator that owns it.</summary>
    /// <exception cref="SpladeModelException">A file of the model is missing or wrong, or the folder does not hold BM42.</exception>
    /// <exception cref="ArgumentException">The options ask for more tokens than the model reads, or for a sliding window.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the model was loaded.</exception>
    public static async Task<Bm42EmbeddingGenerator> CreateAsync(Bm42Options options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.RequireModelFolder(nameof(options));
        var own = (Bm42Options)await options.ResolveAsync(cancellationToken).ConfigureAwait(false);
        ILogger logger = Log.For<Bm42EmbeddingGenerator>(own.LoggerFactory);
        Bm42Runner runner = await Task.Run(() => Bm42Runner.Load(own, typeof(Bm42EmbeddingGenerator), logger), cancellationToken).ConfigureAwait(false);
        return new Bm42EmbeddingGenerator(runner, EmbeddingInputType.Document, ownsModel: true);
    }

    /// <summary>Creates a view that encodes texts as queries unless a call's options say otherwise. It does not own the model.</summary>
    /// <returns>The view.</returns>
    public Bm42EmbeddingGenerator AsQueryGenerator() => new(_runner, EmbeddingInputType.Query, ownsModel: false);

    /// <summary>Creates a view that encodes texts as documents unless a call's options say otherwise. It does not own the model.</summary>
    /// <returns>The view.</returns>
    public Bm42EmbeddingGenerator AsDocumentGenerator() => new(_runner, EmbeddingInputType.Document, ownsModel: false);

    /// <summary>Encodes texts on the thread pool; one embedding per text, in the order of the texts.</summary>
    /// <param name="values">Texts, enumerated once. None gives an empty result without running the model.</param>
    /// <param name="options">
    /// Null for the defaults. <see cref="EmbeddingGenerationOptions.ModelId"/> and <see cref="EmbeddingGenerationOptions.Dimensions"/> may be set to what
    /// this model has, and to nothing else.
    /// </param>
    /// <param name="cancellationToken">Observed between and within runs of the model.</param>
    /// <returns>The embeddings. A text without words that count has an empty vector.</returns>
    /// <exception cref="ArgumentException">A text is null (the message has its position), or the options ask for what the model does not have.</exception>
    /// <exception cref="TextTooLongException">A text is longer than is read, and <see cref="LongTextHandling.Throw"/> was asked for.</exception>
    /// <exception cref="ObjectDisposedException">The generator has been disposed.</exception>
    public async Task<GeneratedEmbeddings<SparseEmbedding>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        string[] texts = Texts.Check(values, nameof(values));
        GeneratorContract.CheckOptions(options, _metadata, GeneratorContract.FewerEntries);
        SpladeEncodingOptions encoding = (options as SpladeEmbeddingGenerationOptions)?.Encoding ?? new SpladeEncodingOptions();
        SpladeEncoding[] encoded = await _runner.EncodeAsync(texts, Or(encoding, _inputType), cancellationToken).ConfigureAwait(false);
        return Generated.Sparse(_runner.Parts.Name, encoded);
    }

    /// <summary>Explains the vector of a text: exactly, and by words that stand there, since there is nothing else in it.</summary>
    /// <remarks>
    /// A term's <see cref="ExplainedTerm.Token"/> is the stem, and <see cref="ExplainedTerm.Source"/> the occurrence with the most attention, whose weight
    /// it has; the pieces of a word share its weight by their attention. The terms of a query have no source.
    /// </remarks>
    /// <param name="text">The text.</param>
    /// <param name="options">How it is encoded and what is told; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>The explanation.</returns>
    /// <exception cref="ArgumentException">The options ask for what the model does not have.</exception>
    /// <exception cref="ObjectDisposedException">The generator has been disposed.</exception>
    public Task<TextExplanation> ExplainAsync(string text, ExplanationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        options = options?.Clone() ?? new ExplanationOptions();
        options.Encoding = Or(options.Encoding, _inputType);
        return _runner.ExplainAsync(text, position: 0, options, cancellationToken);
    }

    /// <summary>Explains the score of a document for a query: what each stem that they share brings.</summary>
    /// <param name="query">The query.</param>
    /// <param name="document">The document.</param>
    /// <param name="idf">
    /// Returns the inverse document frequency of a dimension, finite and not below 0, as the store that ranks has it; the weights of the query are multiplied
    /// by it. Null for none: each word of the query counts 1.
    /// </param>
    /// <param name="options">How they are encoded and what is told; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>The explanation.</returns>
    /// <exception cref="ArgumentException">The options ask for what the model does not have, or an inverse document frequency is not such a number.</exception>
    /// <exception cref="ObjectDisposedException">The generator has been disposed.</exception>
    public Task<MatchExplanation> ExplainMatchAsync(
        string query,
        string document,
        Func<int, double>? idf = null,
        ExplanationOptions? options = null,
        CancellationToken cancellationToken = default) =>
        MatchExplainer.ExplainAsync(query, document, idf, options, (text, position, side) => _runner.ExplainAsync(text, position, side, cancellationToken));

    /// <summary>This object, its metadata, its tokenizer, or its identity (<see cref="SparseModelIdentity"/>).</summary>
    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType == typeof(SparseModelIdentity)
            ? _runner.Identity // Made when it is asked for: files are read for it.
            : GeneratorContract.GetService(serviceType, serviceKey, this, _metadata, Tokenizer);

    /// <summary>Frees the model if the generator owns it, and waits for the calls in flight. May be called more than once.</summary>
    public void Dispose()
    {
        if (_ownsModel)
        {
            _runner.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    /// <inheritdoc cref="Dispose"/>
    public async ValueTask DisposeAsync()
    {
        if (_ownsModel)
        {
            await _runner.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static SpladeEncodingOptions Or(SpladeEncodingOptions options, EmbeddingInputType inputType) =>
        options.Or(new SpladeEncodingOptions { InputType = inputType });
}
