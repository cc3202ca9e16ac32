using Microsoft.Extensions.AI;

namespace Splade.AI;

/// <summary>Makes the sparse and the dense vectors of texts in one run of its model for both.</summary>
internal interface IJointEncoder
{
    /// <inheritdoc cref="IEmbeddingGenerator{TInput, TEmbedding}.GenerateAsync"/>
    Task<(GeneratedEmbeddings<SparseEmbedding> Sparse, GeneratedEmbeddings<Embedding<float>> Dense)> GenerateBothAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options, CancellationToken cancellationToken);
}
