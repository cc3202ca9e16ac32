using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;
using Splade.AI;

namespace Splade.SemanticKernel.Tests.VectorData;

/// <summary>A record with a text for keywords and vectors of all kinds.</summary>
public sealed class Note
{
    [VectorStoreKey]
    public string Id { get; set; } = string.Empty;

    [VectorStoreData(IsFullTextIndexed = true)]
    public string? Text { get; set; }

    [VectorStoreData(IsIndexed = true, StorageName = "lang")]
    public string? Language { get; set; }

    [VectorStoreVector(3)]
    public ReadOnlyMemory<float> Dense { get; set; }

    [VectorStoreVector(2, DistanceFunction = DistanceFunction.NegativeDotProductSimilarity)]
    public float[]? Array { get; set; }

    [VectorStoreVector(4, DistanceFunction = DistanceFunction.CosineDistance)]
    public Embedding<float>? Embedding { get; set; }

    [VectorStoreVector(TestGenerators.Words)]
    public SparseEmbedding? Sparse { get; set; }
}
