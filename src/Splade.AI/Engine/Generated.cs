using Microsoft.Extensions.AI;

namespace Splade.AI;

/// <summary>What generators return, in one form.</summary>
internal static class Generated
{
    public static GeneratedEmbeddings<SparseEmbedding> Sparse<T>(string model, T[] encoded, Func<T, SpladeEncoding> describe)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        SpladeEncoding[] encodings = Array.ConvertAll(encoded, e => describe(e));
        return new GeneratedEmbeddings<SparseEmbedding>(encodings.Select(e => new SparseEmbedding(e.Vector)
        {
            CreatedAt = now,
            ModelId = model,
            TokenCount = e.TokenCount,
            Truncated = e.Truncated,
        }))
        {
            Usage = GeneratorContract.Usage(encodings.Sum(e => (long)e.TokenCount), encodings.Count(e => e.Truncated)),
        };
    }

    public static GeneratedEmbeddings<Embedding<float>> Dense<T>(
        string model, T[] encoded, Func<T, (ReadOnlyMemory<float> Vector, int TokenCount, bool Truncated)> describe)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        (ReadOnlyMemory<float> Vector, int TokenCount, bool Truncated)[] encodings = Array.ConvertAll(encoded, e => describe(e));
        return new GeneratedEmbeddings<Embedding<float>>(encodings.Select(e => new Embedding<float>(e.Vector) { CreatedAt = now, ModelId = model }))
        {
            Usage = GeneratorContract.Usage(encodings.Sum(e => (long)e.TokenCount), encodings.Count(e => e.Truncated)),
        };
    }
}
