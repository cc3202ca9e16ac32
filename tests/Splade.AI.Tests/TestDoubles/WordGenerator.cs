using Microsoft.Extensions.AI;

namespace Splade.AI.Tests.TestDoubles;

/// <summary>Makes sparse vectors of words over all integers, each of weight 1, and says that a store has to supply the inverse document frequency.</summary>
internal sealed class WordGenerator(bool requiresIdf = true) : IEmbeddingGenerator<string, SparseEmbedding>
{
    public SparseModelIdentity Identity { get; } = new() { ModelName = "words", Dimensions = int.MaxValue, RequiresIdf = requiresIdf };

    /// <summary>The same position in every process.</summary>
    public static int PositionOf(string word) => (int)(word.Aggregate(2166136261u, (hash, letter) => (hash ^ letter) * 16777619) % int.MaxValue);

    public static SparseVector Encode(string text)
    {
        int[] indices = [.. text.ToLowerInvariant().Split(' ').Select(PositionOf).Distinct().Order()];
        return new SparseVector(indices, [.. indices.Select(_ => 1f)], int.MaxValue);
    }

    public Task<GeneratedEmbeddings<SparseEmbedding>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new GeneratedEmbeddings<SparseEmbedding>(values.Select(text => new SparseEmbedding(Encode(text)))));

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(SparseModelIdentity) ? Identity : null;

    public void Dispose()
    {
    }
}
