namespace Splade.AI.Hybrid;

/// <summary>Provides the options of a search by a <see cref="HybridRetriever"/>, which reads them when it begins.</summary>
public sealed class HybridRetrievalOptions
{
    /// <summary>Gets or sets what to rank by. Only the vectors it needs are computed.</summary>
    /// <value>The default is <see cref="SearchMode.Hybrid"/>.</value>
    public SearchMode Mode { get; set; }

    /// <summary>Gets or sets how many hits at most.</summary>
    /// <value>At least 1. The default is 10.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Top
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(Top));
            field = value;
        }
    } = HybridDefaults.Top;

    /// <summary>Gets or sets how many candidates each leg gives to the fusion; <see cref="Top"/>, if that is more.</summary>
    /// <value>At least 1. The default is 100.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Candidates
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(Candidates));
            field = value;
        }
    } = HybridDefaults.Candidates;

    /// <summary>Gets or sets how the legs are fused, if there are several.</summary>
    /// <remarks>A store that fuses by itself may know no other way than its own.</remarks>
    /// <value>The default is <see cref="HybridFusion.Default"/>.</value>
    /// <exception cref="ArgumentNullException">Null.</exception>
    public HybridFusion Fusion
    {
        get;
        set => field = value ?? throw new ArgumentNullException(nameof(Fusion));
    } = HybridFusion.Default;

    /// <summary>Gets or sets which records may be hits. Each leg searches among them only.</summary>
    /// <value>The default is null, for all.</value>
    public MetadataFilter? Filter { get; set; }

    /// <summary>Gets or sets which parts of the records are read into the hits. A reranker reads the text in any case.</summary>
    /// <value>The default is <see cref="HybridRecordParts.All"/>.</value>
    public HybridRecordParts Parts { get; set; } = HybridRecordParts.All;

    /// <summary>Gets or sets how many of the best hits the retriever's <see cref="HybridRetriever.Reranker"/> reads and orders anew.</summary>
    /// <remarks>Those behind them stay behind them, in the order of the search. Without a reranker it is of no account.</remarks>
    /// <value>At least 0, which leaves the reranker out. The default is 50.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 0.</exception>
    public int RerankCandidates
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(RerankCandidates));
            field = value;
        }
    } = HybridDefaults.RerankCandidates;

    /// <summary>Creates a copy of these options.</summary>
    /// <returns>The copy, independent of this instance.</returns>
    public HybridRetrievalOptions Clone() => (HybridRetrievalOptions)MemberwiseClone();
}
