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
