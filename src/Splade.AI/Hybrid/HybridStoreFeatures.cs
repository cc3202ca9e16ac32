namespace Splade.AI.Hybrid;

/// <summary>Describes what a store can do and keep, so that what it cannot is known beforehand. Immutable.</summary>
/// <remarks>The defaults are those of <see cref="EmbeddedHybridStore"/>. What a store cannot do it refuses by name, and never does something else instead.</remarks>
public sealed record HybridStoreFeatures
{
    /// <summary>Gets the features of a store that can do all.</summary>
    public static HybridStoreFeatures All { get; } = new();

    /// <summary>Gets a value indicating whether sparse searches find exactly the best records.</summary>
    /// <value>The default is true.</value>
    public bool ExactSparse { get; init; } = true;

    /// <summary>Gets a value indicating whether dense searches find exactly the best records.</summary>
    /// <value>The default is true.</value>
    public bool ExactDense { get; init; } = true;

    /// <summary>Gets a value indicating whether a listing shows the records as they were when it began.</summary>
    /// <value>The default is true.</value>
    public bool SnapshotLists { get; init; } = true;

    /// <summary>Gets a value indicating whether records are listed in the order of insertion; otherwise in an order of the store's own that stays the same.</summary>
    /// <value>The default is true.</value>
    public bool InsertionOrder { get; init; } = true;

    /// <summary>Gets a value indicating whether listings can be sorted (<see cref="HybridListOptions.Sort"/>) and begin later (<see cref="HybridListOptions.Skip"/>).</summary>
    /// <value>The default is true.</value>
    public bool Sorting { get; init; } = true;

    /// <summary>Gets a value indicating whether filters may ask for ranges of text.</summary>
    /// <value>The default is true.</value>
    public bool TextRanges { get; init; } = true;

    /// <summary>Gets a value indicating whether every call sees what was written by calls that had completed before.</summary>
    /// <value>The default is true. A store with replicas may not.</value>
    public bool ReadYourWrites { get; init; } = true;

    /// <summary>Gets a value indicating whether readers see all records of an upsert or none, and a failed one leaves none.</summary>
    /// <value>The default is true. Otherwise batches, or records, are what is whole.</value>
    public bool AtomicUpserts { get; init; } = true;

    /// <summary>Gets a value indicating whether vectors come back bit for bit.</summary>
    /// <value>The default is true.</value>
    public bool KeepsVectorBits { get; init; } = true;

    /// <summary>Gets a value indicating whether deletions tell how many records there were at that very moment; otherwise just before.</summary>
    /// <value>The default is true.</value>
    public bool ExactDeleteCounts { get; init; } = true;

    /// <summary>
    /// Gets a value indicating whether the store multiplies the weights of sparse queries by the inverse document frequency in its own records, where the
    /// encoder requires it (<see cref="SparseModelIdentity.RequiresIdf"/>). A retriever refuses such an encoder for a store that does not.
    /// </summary>
    /// <value>The default is true.</value>
    public bool SuppliesIdf { get; init; } = true;

    /// <summary>Gets the smallest step of time that dates in filters tell apart.</summary>
    /// <value>The default is that of <see cref="DateTimeOffset"/>, 100 nanoseconds.</value>
    public TimeSpan DatePrecision { get; init; } = TimeSpan.FromTicks(1);

    /// <summary>Gets how many entries a sparse vector may have.</summary>
    /// <value>The default is null, for any number.</value>
    public int? MaxSparseCount { get; init; }
}
