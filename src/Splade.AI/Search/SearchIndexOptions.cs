namespace Splade.AI.Search;

/// <summary>Provides the options of a <see cref="SparseIndex{TKey}"/> or a <see cref="DenseIndex{TKey}"/>.</summary>
/// <remarks>They are read when it is made or opened.</remarks>
public sealed class SearchIndexOptions
{
    /// <summary>Gets or sets how many threads a search may take while it is the only one. Searches at the same time take one each.</summary>
    /// <value>The default is as many as there are processors.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int SearchThreads
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(SearchThreads));
            field = value;
        }
    }
    = Environment.ProcessorCount;

    /// <summary>Gets or sets what the vectors depend on, such as the model, its vocabulary and a policy, by names of your choice.</summary>
    /// <remarks>
    /// A new folder remembers it. A folder that remembers something else is refused when it is opened, with what differs: vectors of two models
    /// must not be compared. The space of an engine is what the <c>ToEmbeddingSpace</c> method of its identity gives. Two names there are compared in a way of
    /// their own: where both sides have a <c>model-hash</c>, it says whether the model is the same, and otherwise <c>model</c> does, its name. So a
    /// folder that was made before there were hashes opens as it did.
    /// </remarks>
    /// <value>The default is null: a new folder remembers nothing, and any is taken.</value>
    public IReadOnlyDictionary<string, string>? EmbeddingSpace { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether the weights of sparse queries are multiplied by the inverse document frequency of their positions, as
    /// Qdrant does with its modifier <c>idf</c>, because those of the vectors lack it (<c>RequiresIdf</c> of the encoder's identity).
    /// </summary>
    /// <remarks>
    /// <para>
    /// Each weight is multiplied by <c>ln((n - df + 0.5) / (df + 0.5) + 1)</c>: n is the number of vectors that have an entry, df the number of those
    /// that have the position. Both are of all vectors that are there when the search begins, whatever its filter is, and exact after each write.
    /// Vectors without entries count for nothing. Scores are those of the multiplied query, and minimum scores and
    /// <see cref="SparseApproximation"/> go by them.
    /// </para>
    /// <para>
    /// It need not be set where an <see cref="EmbeddingSpace"/> comes from an encoder that requires it, or a folder was made with such a one, or a store
    /// knows its models. Vectors are stored as they are in any case. Dense vectors are not touched.
    /// </para>
    /// </remarks>
    /// <value>The default is false: only where the space, the folder or the models say so.</value>
    public bool SuppliesIdf { get; set; }

    /// <summary>Gets or sets a value indicating whether all bytes of a folder are compared with their checksums when it is opened.</summary>
    /// <remarks>
    /// Without it only the first page of each file is, and damage further behind may give wrong results or end the process; opening takes less
    /// time then, because vectors are read when they are needed. <c>VerifyAsync</c> checks all at any time.
    /// </remarks>
    /// <value>The default is true.</value>
    public bool VerifyOnOpen { get; set; } = true;

    /// <summary>Creates a copy of these options.</summary>
    /// <returns>The copy, independent of this instance.</returns>
    public SearchIndexOptions Clone() => (SearchIndexOptions)MemberwiseClone();
}
