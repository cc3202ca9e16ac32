using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;
using Splade.AI;
using Splade.AI.Hybrid;

namespace Splade.SemanticKernel.VectorData;

/// <summary>What the collections of a <see cref="SpladeVectorStore"/> work with. Not to be changed while a store is made with it.</summary>
public sealed class SpladeVectorStoreOptions
{
    /// <summary>Makes the vectors of vector properties that have no generator of their own.</summary>
    /// <value>
    /// The default is null. Properties that hold a <see cref="SparseEmbedding"/>, or whose definition says so by
    /// <see cref="VectorStoreVectorProperty.EmbeddingType"/>, have <see cref="SparseEmbeddingGenerator"/> too.
    /// </value>
    public IEmbeddingGenerator? EmbeddingGenerator { get; set; }

    /// <inheritdoc cref="SpladeCollectionOptions.SparseEmbeddingGenerator"/>
    public IEmbeddingGenerator<string, SparseEmbedding>? SparseEmbeddingGenerator { get; set; }

    /// <inheritdoc cref="SpladeCollectionOptions.Fusion"/>
    public HybridFusion Fusion
    {
        get;
        set => field = value ?? throw new ArgumentNullException(nameof(Fusion));
    }
    = HybridFusion.Default;

    internal SpladeCollectionOptions ForCollection(VectorStoreCollectionDefinition? definition) => new()
    {
        Definition = definition,
        EmbeddingGenerator = EmbeddingGenerator,
        SparseEmbeddingGenerator = SparseEmbeddingGenerator,
        Fusion = Fusion,
    };

    internal SpladeVectorStoreOptions Copy() => (SpladeVectorStoreOptions)MemberwiseClone();
}
