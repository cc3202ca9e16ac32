using Microsoft.Extensions.AI;

namespace Splade.AI;

/// <summary>What generators return, in one form.</summary>
internal static class Generated
{
    public static GeneratedEmbeddings<SparseEmbedding> Sparse(string model, SpladeEncoding[] encoded)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        return new GeneratedEmbeddings<SparseEmbedding>(encoded.Select(e => new SparseEmbedding(e.Vector)
        {
            CreatedAt = now,
            ModelId = model,
            TokenCount = e.TokenCount,
            Truncated = e.Truncated,
        }))
        {
            Usage = GeneratorContract.Usage(encoded.Sum(e => (long)e.TokenCount), encoded.Count(e => e.Truncated)),
        };
    }

    public static GeneratedEmbeddings<Embedding<float>> Dense(string model, (ReadOnlyMemory<float> Vector, int TokenCount, bool Truncated)[] encoded)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        return new GeneratedEmbeddings<Embedding<float>>(encoded.Select(e => new Embedding<float>(e.Vector) { CreatedAt = now, ModelId = model }))
        {
            Usage = GeneratorContract.Usage(encoded.Sum(e => (long)e.TokenCount), encoded.Count(e => e.Truncated)),
        };
    }
}
