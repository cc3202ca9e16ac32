using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;
using Splade.AI.Remote.Requests;
using Splade.AI.Tokenization;

namespace Splade.AI.Remote.Tei;

/// <summary>What the sparse and the dense generator do alike.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class TeiGenerator(TeiRoute route, Func<HttpClient> createClient, TeiEncoderOptions options, bool repeats)
{
    private const string ProviderName = "text-embeddings-inference";

    public TeiConnection Connection { get; } = new(route, createClient, options, repeats);

    /// <summary>Sends the texts of a call and puts embeddings together.</summary>
    /// <param name="values">The texts.</param>
    /// <param name="wishes">The options of the call.</param>
    /// <param name="dimensions">What a call may ask for: the model's dimensions only, or any that the server can cut to.</param>
    /// <param name="envelope">What requests have beside the texts.</param>
    /// <param name="type">What an answer is.</param>
    /// <param name="read">Puts the vectors of an answer where they belong.</param>
    /// <param name="create">The embedding of a vector, with the tokens of its text if they are known, and whether it was cut.</param>
    /// <param name="cancellationToken">Observed between and within requests.</param>
    public async Task<GeneratedEmbeddings<TEmbedding>> GenerateAsync<TEmbedding, TVector, TAnswer>(
        IEnumerable<string> values,
        EmbeddingGenerationOptions? wishes,
        Func<TeiModel, int?> dimensions,
        Func<TeiCall, RequestEnvelope> envelope,
        JsonTypeInfo<TAnswer> type,
        Action<TeiModel, TextBatch, TAnswer, TVector[]> read,
        Func<TeiCall, TVector, int?, bool, TEmbedding> create,
        CancellationToken cancellationToken)
        where TEmbedding : Embedding
    {
        var call = TeiCall.Of(options, wishes);
        string[] texts = call.Read(values);
        if (texts.Length == 0)
        {
            return new GeneratedEmbeddings<TEmbedding>([]) { Usage = Usage(0, 0) };
        }

        TeiModel model = await Connection.GetModelAsync(cancellationToken).ConfigureAwait(false);
        RequireModel(wishes, model, dimensions(model));
        var vectors = new TVector[texts.Length];
        int[]? counts = call.CountTokens(model, texts);
        long? tokens = await Connection
            .SendAsync(envelope(call), texts, model, type, (batch, answer) => read(model, batch, answer, vectors), cancellationToken)
            .ConfigureAwait(false);
        return Collect(call, model, vectors, counts, tokens, create);
    }

    /// <summary>The generator itself, what it is over, and what it knows of the model; that is asked for, while the caller waits.</summary>
    public object? GetService(object generator, Type serviceType, object? serviceKey, Func<TeiModel, SparseModelIdentity?> identity)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null)
        {
            return null;
        }

        return serviceType switch
        {
            _ when serviceType.IsInstanceOfType(generator) => generator,
            _ when serviceType == typeof(EmbeddingGeneratorMetadata) => Metadata(Connection.GetModel()),
            _ when serviceType == typeof(SparseModelIdentity) => identity(Connection.GetModel()),
            _ when serviceType == typeof(Tokenizer) => Connection.GetModel().Tokenizer,
            _ when serviceType == typeof(Vocabulary) => Connection.GetModel().Tokenizer?.Vocabulary,
            _ => null,
        };
    }

    private static UsageDetails Usage(long? tokens, long truncated) => new()
    {
        InputTokenCount = tokens,
        TotalTokenCount = tokens,
        AdditionalCounts = new AdditionalPropertiesDictionary<long> { [SpladeTelemetry.TruncatedInputs] = truncated },
    };

    private static void RequireModel(EmbeddingGenerationOptions? wishes, TeiModel model, int? dimensions)
    {
        if (wishes?.ModelId is string name && name != model.Name)
        {
            throw new ArgumentException(
                $"The options ask for the model '{name}', but the server has '{model.Name}'. Create a generator over a server with that model.", nameof(wishes));
        }

        if (wishes?.Dimensions is int asked && dimensions is int has && asked != has)
        {
            throw new ArgumentException(
                $"The options ask for {asked} dimensions, but '{model.Name}' has {has}. Leave {nameof(EmbeddingGenerationOptions.Dimensions)} unset.", nameof(wishes));
        }
    }

    private EmbeddingGeneratorMetadata Metadata(TeiModel model) => new(ProviderName, Connection.Root, model.Name, model.Dimensions);

    private static GeneratedEmbeddings<TEmbedding> Collect<TEmbedding, TVector>(
        TeiCall call, TeiModel model, TVector[] vectors, int[]? counts, long? tokens, Func<TeiCall, TVector, int?, bool, TEmbedding> create)
        where TEmbedding : Embedding
    {
        int most = model.MaxTokens ?? int.MaxValue;
        DateTimeOffset now = DateTimeOffset.UtcNow;
        var embeddings = new GeneratedEmbeddings<TEmbedding>(vectors.Length);
        for (int i = 0; i < vectors.Length; i++)
        {
            int? count = counts?[i] is int all ? Math.Min(all, most) : null;
            TEmbedding embedding = create(call, vectors[i], count, counts?[i] > most);
            embedding.CreatedAt = now;
            embedding.ModelId = model.Name;
            embeddings.Add(embedding);
        }

        embeddings.Usage = Usage(tokens ?? counts?.Sum(count => (long)Math.Min(count, most)), counts?.Count(count => count > most) ?? 0);
        return embeddings;
    }
}
