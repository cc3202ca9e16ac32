using Microsoft.Extensions.AI;

namespace Splade.AI.Tests.TestDoubles;

/// <summary>A dense side for tests of the other: vectors that tell texts apart by their lengths.</summary>
internal sealed class DenseOfLengths : IEmbeddingGenerator<string, Embedding<float>>
{
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(text => new Embedding<float>(new float[] { 1, text.Length }))));

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
