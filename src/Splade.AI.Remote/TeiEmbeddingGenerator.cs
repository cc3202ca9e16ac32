using System.Globalization;
using Microsoft.Extensions.AI;
using Splade.AI.Remote.Requests;
using Splade.AI.Remote.Tei;

namespace Splade.AI.Remote;

/// <summary>
/// The dense encoder of a server as an embedding generator of Microsoft.Extensions.AI: <c>/embed</c> of Text Embeddings Inference, or of
/// <c>splade serve --dense</c>.
/// </summary>
/// <remarks>Safe for concurrent use. It sends requests as <see cref="TeiSparseEmbeddingGenerator"/> does.</remarks>
public sealed class TeiEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly TeiGenerator _generator;
    private readonly TeiEmbeddingGeneratorOptions _options;

    /// <summary>Creates a generator. The server is asked for nothing yet.</summary>
    /// <param name="client">Sends the requests. It stays the caller's.</param>
    /// <param name="options">Where the server is and how it is asked; copied.</param>
    /// <exception cref="ArgumentException">The options have no <see cref="RemoteEncoderOptions.Endpoint"/>.</exception>
    public TeiEmbeddingGenerator(HttpClient client, TeiEmbeddingGeneratorOptions options)
        : this(Clients.Own(client), Clients.Copy(options), repeats: false)
    {
    }

    internal TeiEmbeddingGenerator(Func<HttpClient> createClient, TeiEmbeddingGeneratorOptions options, bool repeats)
    {
        _generator = new TeiGenerator(TeiRoute.Dense, createClient, options, repeats);
        _options = options;
    }

    /// <summary>Encodes texts; one embedding per text, in the order of the texts.</summary>
    /// <param name="values">Texts, enumerated once. None gives an empty result without a request.</param>
    /// <param name="options">
    /// Null for the defaults. <see cref="SpladeEmbeddingGenerationOptions"/> say whether texts are queries or documents, what becomes of long texts, and which
    /// prompt is put before them. <see cref="EmbeddingGenerationOptions.Dimensions"/> is asked of the server, which refuses what its model cannot give.
    /// </param>
    /// <param name="cancellationToken">Observed between and within requests.</param>
    /// <exception cref="ArgumentException">A text is null or longer than a request may be, or the options ask for what the server cannot do.</exception>
    /// <exception cref="RemoteEncoderException">The server cannot be reached, refuses a request, or gives an answer that cannot be used.</exception>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        int? dimensions = options?.Dimensions ?? _options.Dimensions;
        return _generator.GenerateAsync<Embedding<float>, float[], float[][]>(
            values,
            options,
            _ => null,
            call => Envelope(call, dimensions),
            TeiJsonContext.Default.SingleArrayArray,
            (model, batch, answer, vectors) => TeiAnswers.ReadDense(_generator.Connection, batch, answer, dimensions ?? model.Dimensions, vectors),
            (_, vector, _, _) => new Embedding<float>(vector),
            cancellationToken);
    }

    /// <summary>
    /// This object, or what is known of the model: its metadata, and its tokenizer and vocabulary if there is a
    /// <see cref="TeiEncoderOptions.TokenizerFile"/>. The server is asked for it, if it was not before, while the caller waits.
    /// </summary>
    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => _generator.GetService(this, serviceType, serviceKey, _ => null);

    /// <summary>Does nothing: the client is its owner's.</summary>
    public void Dispose()
    {
    }

    private RequestEnvelope Envelope(TeiCall call, int? dimensions)
    {
        if (call.MaxActiveDimensions is int most)
        {
            throw new ArgumentException(
                $"The options ask for the {most} heaviest entries, and dense vectors have no such. Leave {nameof(SpladeEncodingOptions.MaxActiveDimensions)} unset.");
        }

        string normalize = RequestEnvelope.Json(_options.Normalize);
        return dimensions is int asked
            ? call.Envelope(("normalize", normalize), ("dimensions", asked.ToString(CultureInfo.InvariantCulture)))
            : call.Envelope(("normalize", normalize));
    }
}
