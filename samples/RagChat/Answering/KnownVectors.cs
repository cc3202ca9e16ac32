using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using Splade.AI;

namespace RagChat.Answering;

/// <summary>A generator that does not encode the documents again whose vectors it was told. Safe for concurrent use.</summary>
/// <param name="inner">Encodes all other texts. It stays the caller's.</param>
internal sealed class KnownVectors<TEmbedding>(IEmbeddingGenerator<string, TEmbedding> inner) : IEmbeddingGenerator<string, TEmbedding>
    where TEmbedding : Embedding
{
    private readonly ConcurrentDictionary<string, TEmbedding> _documents = new(StringComparer.Ordinal);

    /// <summary>Tells the vector that a text has as a document.</summary>
    public void Tell(string document, TEmbedding embedding) => _documents[document] = embedding;

    public async Task<GeneratedEmbeddings<TEmbedding>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        string[] texts = [.. values];
        TEmbedding?[] embeddings = Array.ConvertAll(texts, text => IsOfDocuments(options) ? _documents.GetValueOrDefault(text) : null);
        int[] unknown = [.. Enumerable.Range(0, texts.Length).Where(i => embeddings[i] is null)];
        if (unknown.Length > 0)
        {
            GeneratedEmbeddings<TEmbedding> encoded = await inner.GenerateAsync(Array.ConvertAll(unknown, i => texts[i]), options, cancellationToken);
            for (int i = 0; i < unknown.Length; i++)
            {
                embeddings[unknown[i]] = encoded[i];
            }
        }

        return new GeneratedEmbeddings<TEmbedding>(embeddings!);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => inner.GetService(serviceType, serviceKey);

    public void Dispose()
    {
    }

    private static bool IsOfDocuments(EmbeddingGenerationOptions? options) =>
        options is SpladeEmbeddingGenerationOptions { Encoding.InputType: EmbeddingInputType.Document };
}
