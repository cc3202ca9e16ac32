using Microsoft.Extensions.AI;
using Splade.AI.Remote.Requests;
using Splade.AI.Remote.Tei;

namespace Splade.AI.Remote;

/// <summary>
/// The sparse encoder of a server as an embedding generator of Microsoft.Extensions.AI: <c>/embed_sparse</c> of Text Embeddings Inference, or of
/// <c>splade serve</c>.
/// </summary>
/// <remarks>
/// <para>
/// Safe for concurrent use. A call is cut into requests as the server takes them, of which a bounded number is under way at a time. A request that the
/// server is too busy for is repeated in halves. What the server has is asked for once, at <c>/info</c>: after another model was put behind the address,
/// create another generator.
/// </para>
/// <para>
/// Vectors are checked: one for each text, indices below <see cref="TeiEncoderOptions.Dimensions"/> and none of them twice, values finite and not
/// negative. Terms have names here if there is a <see cref="TeiEncoderOptions.TokenizerFile"/>; spans in the text they have not.
/// </para>
/// <para>Register it as <c>IEmbeddingGenerator&lt;string, SparseEmbedding&gt;</c> only, as <see cref="SpladeEmbeddingGenerator"/>.</para>
/// </remarks>
public sealed class TeiSparseEmbeddingGenerator : IEmbeddingGenerator<string, SparseEmbedding>
{
    private readonly TeiGenerator _generator;

    /// <summary>Creates a generator. The server is asked for nothing yet.</summary>
    /// <param name="client">Sends the requests. It stays the caller's.</param>
    /// <param name="options">Where the server is and how it is asked; copied.</param>
    /// <exception cref="ArgumentException">The options have no <see cref="RemoteEncoderOptions.Endpoint"/>.</exception>
    public TeiSparseEmbeddingGenerator(HttpClient client, TeiSparseEmbeddingGeneratorOptions options)
        : this(Clients.Own(client), Clients.Copy(options), repeats: false)
    {
    }

    internal TeiSparseEmbeddingGenerator(Func<HttpClient> createClient, TeiSparseEmbeddingGeneratorOptions options, bool repeats) =>
        _generator = new TeiGenerator(TeiRoute.Sparse, createClient, options, repeats);

    /// <summary>Encodes texts; one embedding per text, in the order of the texts.</summary>
    /// <param name="values">Texts, enumerated once. None gives an empty result without a request.</param>
    /// <param name="options">
    /// Null for the defaults. <see cref="SpladeEmbeddingGenerationOptions"/> say whether texts are queries or documents, what becomes of long texts, which
    /// prompt is put before them, and how many entries of each vector are kept.
    /// </param>
    /// <param name="cancellationToken">Observed between and within requests.</param>
    /// <exception cref="ArgumentException">A text is null or longer than a request may be, or the options ask for what the server cannot do.</exception>
    /// <exception cref="RemoteEncoderException">The server cannot be reached, refuses a request, or gives an answer that cannot be used.</exception>
    public Task<GeneratedEmbeddings<SparseEmbedding>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        _generator.GenerateAsync<SparseEmbedding, SparseVector, TeiEntry[][]>(
            values,
            options,
            model => Dimensions(model),
            call => call.Envelope(),
            TeiJsonContext.Default.TeiEntryArrayArray,
            (model, batch, answer, vectors) => TeiAnswers.ReadSparse(_generator.Connection, batch, answer, Dimensions(model), vectors),
            (call, vector, tokens, truncated) => new SparseEmbedding(call.MaxActiveDimensions is int most ? vector.TopK(most) : vector)
            {
                TokenCount = tokens,
                Truncated = truncated,
            },
            cancellationToken);

    /// <summary>
    /// This object, or what is known of the model: its metadata, what its vectors depend on (<see cref="SparseModelIdentity"/>), and its tokenizer and
    /// vocabulary if there is a <see cref="TeiEncoderOptions.TokenizerFile"/>. The server is asked for it, if it was not before, while the caller waits.
    /// </summary>
    /// <remarks>
    /// Over <c>splade serve</c> the identity is that of the engine there, so that vectors of both may be compared. Text Embeddings Inference says the
    /// model's name and its revision (<c>model_sha</c>), which stands for the hash: its vectors are told from those of an engine here.
    /// </remarks>
    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => _generator.GetService(this, serviceType, serviceKey, Identity);

    /// <summary>Does nothing: the client is its owner's.</summary>
    public void Dispose()
    {
    }

    private SparseModelIdentity Identity(TeiModel model) => model.Identity ?? new SparseModelIdentity
    {
        ModelName = model.Name,
        ModelHash = model.Hash,
        Dimensions = Dimensions(model),
        VocabularyHash = model.Tokenizer?.Vocabulary.ComputeHash(),
    };

    private int Dimensions(TeiModel model) => model.Dimensions ?? throw new RemoteEncoderException(
        $"{_generator.Connection.Root} does not say how many dimensions the vectors of '{model.Name}' have, and the options do not either. Set "
        + $"{nameof(TeiEncoderOptions.TokenizerFile)} to the model's tokenizer.json, or {nameof(TeiEncoderOptions.Dimensions)} to the size of its vocabulary.");
}
