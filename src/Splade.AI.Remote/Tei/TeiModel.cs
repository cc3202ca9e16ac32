using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Splade.AI.Tokenization;

namespace Splade.AI.Remote.Tei;

/// <summary>The model behind a path of a server: what it says of it, and what is known of it here.</summary>
internal sealed record TeiModel
{
    public required string Name { get; init; }

    public required string? Hash { get; init; }

    public required int? MaxTokens { get; init; }

    public required int MaxBatchSize { get; init; }

    /// <summary>The size of the vectors; null if neither the caller nor a tokenizer nor the server says it.</summary>
    public required int? Dimensions { get; init; }

    /// <summary>The model's tokenizer here; null without one.</summary>
    public required Tokenizer? Tokenizer { get; init; }

    /// <summary>What sparse vectors depend on, as the server says; null if it does not.</summary>
    public required SparseModelIdentity? Identity { get; init; }

    /// <summary>Puts together what the server says and what the caller does.</summary>
    /// <param name="route">The path.</param>
    /// <param name="info">What the server says.</param>
    /// <param name="maxBatchSize">The most texts of a request that the caller wants; null for as many as the server takes.</param>
    /// <param name="options">What the caller says of vectors; null for a reranker.</param>
    /// <param name="server">The server, for messages.</param>
    /// <exception cref="RemoteEncoderException">The model is of another kind, or what is said does not agree.</exception>
    public static TeiModel Of(TeiRoute route, TeiInfo info, int? maxBatchSize, TeiEncoderOptions? options, Uri server)
    {
        ServedModel model = Find(route, info, server);
        SparseModelIdentity? identity = ReadIdentity(model.Identity, server);
        Tokenizer? tokenizer = options?.TokenizerFile is string file ? Tokenizer.Load(file) : null;
        RequireSameVocabulary(tokenizer, identity, server);
        return new TeiModel
        {
            Name = model.ModelId,
            Hash = model.ModelSha,
            MaxTokens = model.MaxInputLength,
            MaxBatchSize = Math.Min(maxBatchSize ?? int.MaxValue, info.MaxClientBatchSize is int most and > 0 ? most : 32),
            Dimensions = route == TeiRoute.Sparse ? SparseDimensions(options?.Dimensions, tokenizer, model.Dimensions, server) : options?.Dimensions ?? model.Dimensions,
            Tokenizer = tokenizer,
            Identity = identity,
        };
    }

    private static ServedModel Find(TeiRoute route, TeiInfo info, Uri server)
    {
        if (info.Served is not null)
        {
            return info.Served.GetValueOrDefault(route.Path) ?? throw new RemoteEncoderException(
                $"{server} has no model for {route.Path}, only for [{string.Join(", ", info.Served.Keys.Order(StringComparer.Ordinal))}]; expected {route.Kind}. "
                + "Start it with one: see `splade serve --help`.");
        }

        return route.Fits(info.ModelType)
            ? new ServedModel { ModelId = info.ModelId, ModelSha = info.ModelSha, MaxInputLength = info.MaxInputLength }
            : throw new RemoteEncoderException(
                $"{server} has the model '{info.ModelId}' of the kind {info.ModelType}, expected {route.Kind}. {route.Remedy}");
    }

    private static SparseModelIdentity? ReadIdentity(JsonElement? json, Uri server)
    {
        try
        {
            var type = (JsonTypeInfo<SparseModelIdentity>)SpladeJsonUtilities.DefaultOptions.GetTypeInfo(typeof(SparseModelIdentity));
            return json is { ValueKind: JsonValueKind.Object } value ? value.Deserialize(type) : null;
        }
        catch (JsonException e)
        {
            throw new RemoteEncoderException($"{server} says of its sparse model what cannot be read: {e.Message} Expected what this version of splade serve says.", e);
        }
    }

    private static void RequireSameVocabulary(Tokenizer? tokenizer, SparseModelIdentity? identity, Uri server)
    {
        if (tokenizer is not null && identity?.VocabularyHash is string hash && tokenizer.Vocabulary.ComputeHash() != hash)
        {
            throw new RemoteEncoderException(
                $"The vocabulary of {nameof(TeiEncoderOptions.TokenizerFile)} is not that of '{identity.ModelName}', which {server} has. Give the tokenizer of that model.");
        }
    }

    private static int? SparseDimensions(int? said, Tokenizer? tokenizer, int? served, Uri server)
    {
        // Models may have more outputs than tokens: their number is a rounded one.
        if (said < tokenizer?.Vocabulary.Count)
        {
            throw new RemoteEncoderException(
                $"{nameof(TeiEncoderOptions.Dimensions)} is {said}, but the vocabulary of {nameof(TeiEncoderOptions.TokenizerFile)} has {tokenizer?.Vocabulary.Count} "
                + "tokens. Give that number, or the tokenizer of the model.");
        }

        int? here = said ?? tokenizer?.Vocabulary.Count;
        return here is null || served is null || here == served ? here ?? served : throw new RemoteEncoderException(
            $"{(said is null ? $"The vocabulary of {nameof(TeiEncoderOptions.TokenizerFile)} has" : $"{nameof(TeiEncoderOptions.Dimensions)} is")} {here}, but vectors of "
            + $"{server} have {served} dimensions. Give what belongs to its model.");
    }
}
