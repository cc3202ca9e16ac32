namespace Splade.AI.Hybrid;

/// <summary>Represents one vector of a record or of a query, sparse or dense. Immutable, as long as nobody writes to the memory it was made of.</summary>
public sealed class HybridVector
{
    private readonly SparseVector? _sparse;
    private readonly ReadOnlyMemory<float> _dense;

    /// <summary>Initializes a new instance of the <see cref="HybridVector"/> class of a sparse vector.</summary>
    /// <param name="sparse">The vector.</param>
    public HybridVector(SparseVector sparse)
    {
        ArgumentNullException.ThrowIfNull(sparse);
        _sparse = sparse;
    }

    /// <summary>Initializes a new instance of the <see cref="HybridVector"/> class of a dense vector.</summary>
    /// <param name="dense">The vector.</param>
    public HybridVector(ReadOnlyMemory<float> dense) => _dense = dense;

    /// <summary>Gets what the vector is.</summary>
    public VectorKind Kind => _sparse is null ? VectorKind.Dense : VectorKind.Sparse;

    /// <summary>Gets the sparse vector.</summary>
    /// <exception cref="InvalidOperationException">It is a dense one.</exception>
    public SparseVector Sparse => _sparse ?? throw new InvalidOperationException("Found a dense vector, expected a sparse one.");

    /// <summary>Gets the dense vector.</summary>
    /// <exception cref="InvalidOperationException">It is a sparse one.</exception>
    public ReadOnlyMemory<float> Dense => _sparse is null ? _dense : throw new InvalidOperationException("Found a sparse vector, expected a dense one.");

    /// <summary>Gets the size of the vector.</summary>
    public int Dimensions => _sparse?.Dimensions ?? _dense.Length;

    /// <summary>Makes one of a sparse vector.</summary>
    /// <param name="sparse">The vector.</param>
    public static implicit operator HybridVector(SparseVector sparse) => new(sparse);

    /// <summary>Makes one of a dense vector.</summary>
    /// <param name="dense">The vector.</param>
    public static implicit operator HybridVector(ReadOnlyMemory<float> dense) => new(dense);

    /// <summary>Makes one of a dense vector.</summary>
    /// <param name="dense">The vector.</param>
    public static implicit operator HybridVector(float[] dense) => new(dense);
}
