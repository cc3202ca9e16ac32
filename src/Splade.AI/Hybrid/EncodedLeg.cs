using Microsoft.Extensions.AI;

namespace Splade.AI.Hybrid;

/// <summary>What a leg made of some texts.</summary>
/// <param name="Vectors">The vectors, one for each text.</param>
/// <param name="Truncated">How many of the texts were longer than the model reads, as far as its generator says.</param>
internal readonly record struct EncodedLeg(HybridVector[] Vectors, int Truncated)
{
    public static EncodedLeg Of(GeneratedEmbeddings<SparseEmbedding> embeddings) =>
        new([.. embeddings.Select(embedding => new HybridVector(embedding.Vector))], embeddings.Count(embedding => embedding.Truncated));

    public static EncodedLeg Of(GeneratedEmbeddings<Embedding<float>> embeddings) => new(
        [.. embeddings.Select(embedding => new HybridVector(embedding.Vector))],
        embeddings.Usage?.AdditionalCounts?.TryGetValue(SpladeTelemetry.TruncatedInputs, out long count) is true ? checked((int)count) : 0);
}
