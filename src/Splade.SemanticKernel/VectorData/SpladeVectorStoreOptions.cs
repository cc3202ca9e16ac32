using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;
using Splade.AI;
using Splade.AI.Hybrid;

namespace Splade.SemanticKernel.VectorData;

/// <summary>Represents the options of a <see cref="SpladeVectorStore"/>. Not to be changed while a store is made with it.</summary>
public sealed class SpladeVectorStoreOptions
{
    private readonly SpladeCollectionOptions _collection;

    /// <summary>Initializes a new instance of the <see cref="SpladeVectorStoreOptions"/> class with the defaults.</summary>
    public SpladeVectorStoreOptions()
        : this(new SpladeCollectionOptions())
    {
    }

    private SpladeVectorStoreOptions(SpladeCollectionOptions collection) => _collection = collection;

    /// <summary>Gets or sets what makes the vectors of vector properties that have no generator of their own.</summary>
    /// <value>
    /// The default is null. Properties that hold a <see cref="SparseEmbedding"/>, or whose definition says so by
    /// <see cref="VectorStoreVectorProperty.EmbeddingType"/>, have <see cref="SparseEmbeddingGenerator"/> too.
    /// </value>
    public IEmbeddingGenerator? EmbeddingGenerator
    {
        get => _collection.EmbeddingGenerator;
        set => _collection.EmbeddingGenerator = value;
    }

    /// <inheritdoc cref="SpladeCollectionOptions.SparseEmbeddingGenerator"/>
    public IEmbeddingGenerator<string, SparseEmbedding>? SparseEmbeddingGenerator
    {
        get => _collection.SparseEmbeddingGenerator;
        set => _collection.SparseEmbeddingGenerator = value;
    }

    /// <inheritdoc cref="SpladeCollectionOptions.Fusion"/>
    public HybridFusion Fusion
    {
        get => _collection.Fusion;
        set => _collection.Fusion = value;
    }

    /// <inheritdoc cref="SpladeCollectionOptions.Candidates"/>
    public int Candidates
    {
        get => _collection.Candidates;
        set => _collection.Candidates = value;
    }

    internal SpladeCollectionOptions ForCollection(VectorStoreCollectionDefinition? definition) => new(_collection) { Definition = definition };

    internal SpladeVectorStoreOptions Copy() => new(ForCollection(definition: null));
}
