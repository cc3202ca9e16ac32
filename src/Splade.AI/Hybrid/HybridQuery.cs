namespace Splade.AI.Hybrid;

/// <summary>A question to a store, already encoded. Immutable.</summary>
public sealed class HybridQuery
{
    private readonly IReadOnlyList<HybridQueryLeg>? _legs;

    /// <summary>Gets what is asked with: vectors under the names of those that they are compared with, no name twice.</summary>
    /// <value>The default is <see cref="Sparse"/> and <see cref="Dense"/>, as far as they are there, for a store of <see cref="HybridSchema.Default"/>.</value>
    /// <exception cref="ArgumentException">A leg is null, or two have one name.</exception>
    public IReadOnlyList<HybridQueryLeg> Legs
    {
        get => _legs ?? [.. Pair()];
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Legs));
            _legs = [.. value];
            if (_legs.Contains(null!) || _legs.DistinctBy(leg => leg.Name, StringComparer.Ordinal).Count() < _legs.Count)
            {
                throw new ArgumentException("Found a leg that is null, or two of one name, expected one for each vector that is asked for.", nameof(Legs));
            }
        }
    }

    /// <summary>
    /// Gets the sparse vector for a store of <see cref="HybridSchema.Default"/>; of no account where <see cref="Legs"/> are said. One without entries finds
    /// nothing by itself and leaves the ranking to the dense side.
    /// </summary>
    /// <value>The default is null, which <see cref="SearchMode.Dense"/> allows.</value>
    public SparseVector? Sparse { get; init; }

    /// <summary>Gets the dense vector for a store of <see cref="HybridSchema.Default"/>; of no account where <see cref="Legs"/> are said.</summary>
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

    /// <summary>Gets how many candidates each leg gives to the fusion; <see cref="Top"/>, if that is more.</summary>
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

    /// <summary>Gets how the legs are fused, if there are several.</summary>
    /// <value>The default is <see cref="HybridFusion.Default"/>.</value>
    /// <exception cref="ArgumentNullException">Null.</exception>
    public HybridFusion Fusion
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Fusion));
    } = HybridFusion.Default;

    /// <summary>Gets which records may be hits. Each leg searches among them only.</summary>
    /// <value>The default is null, for all.</value>
    public MetadataFilter? Filter { get; init; }

    /// <summary>Gets which parts of the records are read into the hits.</summary>
    /// <value>The default is <see cref="HybridRecordParts.All"/>.</value>
    public HybridRecordParts Parts { get; init; } = HybridRecordParts.All;

    /// <summary>Gets the models that the vectors come from, for stores that compare them with their own.</summary>
    /// <value>The default is null: they are not compared.</value>
    public HybridModels? Models { get; init; }

    /// <summary>Gets the legs that a store searches: those of the query that its mode needs, in the order of the store's schema.</summary>
    /// <param name="schema">The vectors of the store.</param>
    /// <param name="parameterName">What exceptions call the query.</param>
    /// <returns>The legs, at least one.</returns>
    /// <exception cref="ArgumentException">
    /// The mode needs a vector that is missing, the store has no vectors of a leg's name and kind, or the sum of the weights is infinite.
    /// </exception>
    /// <exception cref="NotSupportedException">The store has no vectors of the kind that the mode ranks by.</exception>
    public IReadOnlyList<HybridQueryLeg> GetLegs(HybridSchema schema, string? parameterName = null)
    {
        ArgumentNullException.ThrowIfNull(schema);
        string parameter = parameterName ?? "query";
        if (!schema.Vectors.Any(vector => Mode.Uses(vector.Kind)))
        {
            throw new NotSupportedException($"Found the mode {Mode}, but the store has no such vectors, only {schema}. Choose another mode.");
        }

        foreach (HybridQueryLeg leg in Legs)
        {
            if (schema.Find(leg.Name)?.Kind != leg.Vector.Kind)
            {
                throw new ArgumentException($"Found the {leg.Vector.Kind} vector '{leg.Name}', expected one of the store's: {schema}.", parameter);
            }
        }

        // Of the two that have properties of their own none is forgotten without a word; of legs only those that are wanted are said.
        if (_legs is null && schema.Vectors.FirstOrDefault(IsForgotten) is { Kind: VectorKind missing })
        {
            throw new ArgumentException($"The query has no {missing} vector, and mode {Mode} needs one. Set {missing}, or choose another mode.", parameter);
        }

        HybridQueryLeg[] legs =
        [
            .. schema.Vectors.Where(vector => Mode.Uses(vector.Kind)).Select(vector => Legs.FirstOrDefault(leg => leg.Name == vector.Name)).OfType<HybridQueryLeg>(),
        ];
        if (!RankingWeights.IsFiniteSum(legs.Select(leg => leg.Weight * (leg.Vector.Kind == VectorKind.Sparse ? Fusion.SparseWeight : Fusion.DenseWeight))))
        {
            throw new ArgumentException(
                $"Found weights of legs whose sum is beyond single precision: {string.Join(", ", legs.Select(leg => FormattableString.Invariant($"'{leg.Name}' {leg.Weight}")))}. "
                + "Only their ratio counts: divide all by the largest.",
                parameter);
        }

        return legs.Length > 0 ? legs : throw new ArgumentException(
            $"The query has no vector that mode {Mode} needs: found {Legs.Count}, expected at least one of the store's, {schema}.", parameter);
    }

    private bool IsForgotten(VectorField vector) => Mode.Uses(vector.Kind) && vector.Name switch
    {
        HybridSchema.SparseName => Sparse is null,
        HybridSchema.DenseName => Dense is null,
        _ => false,
    };

    private IEnumerable<HybridQueryLeg> Pair()
    {
        if (Sparse is not null)
        {
            yield return new HybridQueryLeg(HybridSchema.SparseName, Sparse);
        }

        if (Dense is ReadOnlyMemory<float> dense)
        {
            yield return new HybridQueryLeg(HybridSchema.DenseName, dense);
        }
    }
}
