using Microsoft.Extensions.AI;

namespace Splade.AI.Tests.TestDoubles;

/// <summary>A generator that answers by callback and remembers its calls.</summary>
internal sealed class TestEmbeddingGenerator<TEmbedding> : IEmbeddingGenerator<string, TEmbedding>
    where TEmbedding : Embedding
{
    public required Func<IReadOnlyList<string>, EmbeddingGenerationOptions?, GeneratedEmbeddings<TEmbedding>> GenerateCallback { get; set; }

    /// <summary>What it says of itself.</summary>
    public object? Service { get; set; }

    public List<(string[] Texts, EmbeddingGenerationOptions? Options)> Calls { get; } = [];

    public Task<GeneratedEmbeddings<TEmbedding>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string[] texts = [.. values];
        Calls.Add((texts, options));
        return Task.FromResult(GenerateCallback(texts, options));
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(Service) ? Service : null;

    public void Dispose()
    {
    }
}
