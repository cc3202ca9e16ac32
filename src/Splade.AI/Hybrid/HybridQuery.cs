namespace Splade.AI.Hybrid;

/// <summary>A question to a store, already encoded. Immutable.</summary>
public sealed class HybridQuery
{
    /// <summary>Gets the sparse vector. One without entries finds nothing by itself and leaves the ranking to the dense side.</summary>
    /// <value>The default is null, which <see cref="SearchMode.Dense"/> allows.</value>
    public SparseVector? Sparse { get; init; }

    /// <summary>Gets the dense vector.</summary>
    /// <value>The default is null, which <see cref="SearchMode.Sparse"/> allows.</value>
    public ReadOnlyMemory<float>? Dense { get; init; }

    /// <summary>Gets what to rank by. A vector that the mode does not need is ignored.</summary>
    /// <value>The default is <see cref="SearchMode.Hybrid"/>.</value>
    public SearchMode Mode { get; init; }

    /// <summary>Gets how many hits at most.</summary>
    /// <value>At least 1. The default is 10.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Top
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(Top));
            field = value;
        }
    } = HybridDefaults.Top;

    /// <summary>Gets how many candidates each side gives to the fusion; <see cref="Top"/>, if that is more.</summary>
    /// <value>At least 1. The default is 100.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Candidates
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(Candidates));
            field = value;
        }
    } = HybridDefaults.Candidates;

    /// <summary>Gets how the two sides are fused in <see cref="SearchMode.Hybrid"/>.</summary>
    /// <value>The default is <see cref="HybridFusion.Default"/>.</value>
    /// <exception cref="ArgumentNullException">Null.</exception>
    public HybridFusion Fusion
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Fusion));
    } = HybridFusion.Default;

    /// <summary>Gets which records may be hits. Each side searches among them only.</summary>
    /// <value>The default is null, for all.</value>
    public MetadataFilter? Filter { get; init; }

    /// <summary>Gets the models that the vectors come from, for stores that compare them with their own.</summary>
    /// <value>The default is null: they are not compared.</value>
    public HybridModels? Models { get; init; }

    /// <exception cref="ArgumentException">The mode needs a vector that is missing.</exception>
    internal void RequireVectors(string parameter)
    {
        bool lacksSparse = Mode.UsesSparse() && Sparse is null;
        if (lacksSparse || (Mode.UsesDense() && Dense is null))
        {
            string missing = lacksSparse ? nameof(Sparse) : nameof(Dense);
            throw new ArgumentException($"The query has no {missing} vector, and mode {Mode} needs one. Set {missing}, or choose another mode.", parameter);
        }
    }
}
