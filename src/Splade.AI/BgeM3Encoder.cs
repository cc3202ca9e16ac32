using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Splade.AI.BgeM3;
using Splade.AI.Explanation;
using Splade.AI.Telemetry;
using Splade.AI.Tokenization;

namespace Splade.AI;

/// <summary>BGE-M3, loaded: one run of the model gives the sparse and the dense vector of a text, for both sides of hybrid search.</summary>
/// <remarks>
/// <para>
/// The sparse vectors are BGE-M3's lexical weights: of each token <c>relu(w h + b)</c> over its hidden state, of a token's id the largest of its
/// positions, without the tokens for beginning, end, padding and the unknown. Nothing is expanded, and no inverse document frequency is missing: the score
/// is the dot product. The dense vector is the hidden state of the first token, scaled to length 1. Both are the same for queries and documents. J. Chen et
/// al., "BGE M3-Embedding", 2024; FlagEmbedding's <c>inference/embedder/encoder_only/m3.py</c>, whose numbers these are.
/// </para>
/// <para>
/// A folder is read in any of the layouts in which BGE-M3 is published: ONNX files with a sparse output for each token or for the vocabulary, ONNX files
/// with hidden states alone, and the published weights, the latter two with the lexical head in <c>sparse_linear.pt</c> or <c>sparse_linear.safetensors</c>.
/// Vectors for ColBERT's comparison are not made. A long text is cut at the limit, or refused: there is no sliding window.
/// </para>
/// <para>
/// Safe for concurrent use. A retriever over <see cref="Sparse"/> and <see cref="Dense"/> of one encoder runs the model once for both, unless something is
/// around one of them, such as a cache. Disposing waits for the calls in flight and may be done more than once.
/// </para>
/// </remarks>
public sealed class BgeM3Encoder : IDisposable, IAsyncDisposable
{
    private readonly BgeM3Runner _runner;

    private BgeM3Encoder(BgeM3Runner runner)
    {
        _runner = runner;
        Sparse = new SparseSide(runner, this, ownsModel: false);
        Dense = new DenseSide(runner, this);
    }

    /// <summary>Gets the folder's name, or <c>owner/name</c> for a model in the Hugging Face cache; also the model id of its embeddings.</summary>
    public string ModelName => _runner.Parts.Name;

    /// <summary>Gets the lexical weights as an embedding generator, whose disposal does nothing: the encoder is yours to dispose.</summary>
    public IEmbeddingGenerator<string, SparseEmbedding> Sparse { get; }

    /// <summary>Gets the dense vectors as an embedding generator, whose disposal does nothing: the encoder is yours to dispose.</summary>
    public IEmbeddingGenerator<string, Embedding<float>> Dense { get; }

    /// <summary>Gets the model's tokenizer.</summary>
    public Tokenizer Tokenizer => _runner.Parts.Tokenizer;

    /// <summary>Gets the most tokens of a text that are read unless a call says otherwise, special tokens included.</summary>
    public int MaxTokens => _runner.Parts.Settings.MaxTokens;

    /// <summary>Gets what the model runs on, for example <c>["cpu"]</c> or <c>["cuda:0", "cuda:1"]</c>. A device that was taken out is not there.</summary>
    public IReadOnlyList<string> Devices => _runner.Devices;

    /// <summary>Gets what the sparse vectors depend on, to be kept beside stored ones.</summary>
    /// <remarks>The model's files are read when it is first asked for, to hash them, which takes a second for each gigabyte or two.</remarks>
    /// <exception cref="SpladeModelException">A file of the model was replaced since it was loaded.</exception>
    public SparseModelIdentity Identity => _runner.Identity;

    /// <summary>
    /// Gets what the keys of a cache around <see cref="Sparse"/> must have beside text and options of a call, for <c>UseDistributedCache</c> of
    /// Microsoft.Extensions.AI.
    /// </summary>
    /// <exception cref="SpladeModelException">A file of the model was replaced since it was loaded.</exception>
    public IReadOnlyList<object> SparseCacheKeyAdditionalValues => CacheKey.Of(Identity, _runner.Parts, EmbeddingInputType.Document);

    /// <summary>Gets the same for a cache around <see cref="Dense"/>.</summary>
    /// <exception cref="SpladeModelException">A file of the model was replaced since it was loaded.</exception>
    public IReadOnlyList<object> DenseCacheKeyAdditionalValues =>
        CacheKey.Of(_runner.Fingerprint, _runner.DenseMetadata.DefaultModelDimensions!.Value, _runner.Parts.Options, MaxTokens, Precision.Exact);

    /// <summary>Loads a model with default options.</summary>
    /// <inheritdoc cref="CreateAsync(BgeM3Options, CancellationToken)"/>
    public static Task<BgeM3Encoder> CreateAsync(string modelFolder, CancellationToken cancellationToken = default) =>
        CreateAsync(new BgeM3Options(modelFolder), cancellationToken);

    /// <summary>Loads a model on the thread pool.</summary>
    /// <exception cref="SpladeModelException">A file of the model is missing or wrong, or the folder does not hold BGE-M3 in a layout that is read.</exception>
    /// <exception cref="ArgumentException">The options ask for more tokens than the model reads, or for a sliding window.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the model was loaded.</exception>
    public static async Task<BgeM3Encoder> CreateAsync(BgeM3Options options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.RequireModelFolder(nameof(options));
        var own = (BgeM3Options)await options.ResolveAsync(cancellationToken).ConfigureAwait(false);
        ILogger logger = Log.For<BgeM3Encoder>(own.LoggerFactory);
        return new BgeM3Encoder(await Task.Run(() => BgeM3Runner.Load(own, typeof(BgeM3Encoder), logger), cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Encodes texts on the thread pool, sparse and dense in one run of the model; one encoding per text, in the order of the texts.</summary>
    /// <param name="texts">Texts, enumerated once. None gives an empty result without running the model.</param>
    /// <param name="options">How they are encoded; null for the defaults. <see cref="SpladeEncodingOptions.InputType"/> makes no difference to BGE-M3.</param>
    /// <param name="cancellationToken">Observed between and within runs of the model.</param>
    /// <returns>The encodings.</returns>
    /// <exception cref="ArgumentException">A text is null (the message has its position), or the options ask for what the model does not have.</exception>
    /// <exception cref="TextTooLongException">A text is longer than is read, and <see cref="LongTextHandling.Throw"/> was asked for.</exception>
    /// <exception cref="ObjectDisposedException">The encoder has been disposed.</exception>
    public async Task<IReadOnlyList<BgeM3Encoding>> EncodeAsync(
        IEnumerable<string> texts, SpladeEncodingOptions? options = null, CancellationToken cancellationToken = default) =>
        await _runner.EncodeAsync(Texts.Check(texts, nameof(texts)), options ?? new SpladeEncodingOptions(), cancellationToken).ConfigureAwait(false);

    /// <summary>Explains the lexical weights of a text: exactly, since each is that of a token which stands there.</summary>
    /// <remarks>
    /// <see cref="ExplainedTerm.Source"/> is the position that won. A model that gives weights for its vocabulary only does not tell it, and
    /// <see cref="TextExplanation.SpansUnavailableReason"/> says so.
    /// </remarks>
    /// <param name="text">The text.</param>
    /// <param name="options">How it is encoded and what is told; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>The explanation.</returns>
    /// <exception cref="ArgumentException">The options ask for what the model does not have.</exception>
    /// <exception cref="ObjectDisposedException">The encoder has been disposed.</exception>
    public Task<TextExplanation> ExplainAsync(string text, ExplanationOptions? options = null, CancellationToken cancellationToken = default) =>
        _runner.ExplainAsync(text, options, cancellationToken);

    /// <summary>Explains the dot product of the lexical weights of a query and a document: what each token that they share brings.</summary>
    /// <param name="query">The query.</param>
    /// <param name="document">The document.</param>
    /// <param name="options">How they are encoded and what is told; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>The explanation.</returns>
    /// <exception cref="ArgumentException">The options ask for what the model does not have.</exception>
    /// <exception cref="ObjectDisposedException">The encoder has been disposed.</exception>
    public Task<MatchExplanation> ExplainMatchAsync(
        string query, string document, ExplanationOptions? options = null, CancellationToken cancellationToken = default) =>
        _runner.ExplainMatchAsync(query, document, options, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _runner.DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _runner.DisposeAsync();

    /// <summary>The lexical weights as a generator whose disposal disposes the encoder.</summary>
    internal IEmbeddingGenerator<string, SparseEmbedding> ToOwningGenerator() => new SparseSide(_runner, this, ownsModel: true);
}
