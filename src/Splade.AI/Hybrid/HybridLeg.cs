using Microsoft.Extensions.AI;

namespace Splade.AI.Hybrid;

/// <summary>Represents a leg of a search: one of the vectors of a store, and the generator that makes it of texts and queries.</summary>
/// <remarks>Safe for concurrent use, as its generator is, which it does not own.</remarks>
public sealed class HybridLeg
{
    /// <summary>Initializes a new instance of the <see cref="HybridLeg"/> class of a sparse vector.</summary>
    /// <param name="name">The name of the vector, as <see cref="VectorField.Name"/> says.</param>
    /// <param name="generator">Makes the vectors.</param>
    /// <exception cref="ArgumentException">The name is not one of a vector.</exception>
    public HybridLeg(string name, IEmbeddingGenerator<string, SparseEmbedding> generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        Name = VectorField.Sparse(name).Name;
        Sparse = generator;
        Kind = VectorKind.Sparse;
    }

    /// <summary>Initializes a new instance of the <see cref="HybridLeg"/> class of a dense vector.</summary>
    /// <param name="name">The name of the vector, as <see cref="VectorField.Name"/> says.</param>
    /// <param name="generator">Makes the vectors.</param>
    /// <exception cref="ArgumentException">The name is not one of a vector.</exception>
    public HybridLeg(string name, IEmbeddingGenerator<string, Embedding<float>> generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        Name = VectorField.Dense(name).Name;
        Dense = generator;
        Kind = VectorKind.Dense;
    }

    /// <summary>Gets the name of the vector.</summary>
    public string Name { get; }

    /// <summary>Gets what the vector is.</summary>
    public VectorKind Kind { get; }

    /// <summary>Gets what makes the vectors.</summary>
    public IEmbeddingGenerator Generator => Sparse ?? (IEmbeddingGenerator)Dense!;

    /// <summary>Gets how much the leg counts in the fusion, times what <see cref="HybridFusion"/> says of its kind.</summary>
    /// <value>Finite and at least 0; one of weight 0 is searched and gives no candidates. The default is 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is outside of its range.</exception>
    public float Weight
    {
        get;
        init => field = RankingWeights.Require(value, nameof(Weight));
    } = 1;

    internal IEmbeddingGenerator<string, SparseEmbedding>? Sparse { get; }

    internal IEmbeddingGenerator<string, Embedding<float>>? Dense { get; }

    /// <summary>The vector, of the size that the generator tells.</summary>
    internal VectorField Field => Kind == VectorKind.Sparse
        ? VectorField.Sparse(Name, (Service<SparseModelIdentity>() is { } model) ? model.Dimensions : null)
        : VectorField.Dense(Name, Service<EmbeddingGeneratorMetadata>()?.DefaultModelDimensions);

    internal T? Service<T>()
        where T : class => Generator.GetService(typeof(T)) as T;
}
