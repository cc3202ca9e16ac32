namespace Splade.AI.Search.Segments;

/// <summary>What can be done with vectors by key whatever they look like.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
internal interface IVectorTable<TKey> : IDisposable
{
    /// <summary>How many vectors there are.</summary>
    int Count { get; }

    /// <summary>The size of the space of the vectors; null if there are none.</summary>
    int? Dimensions { get; }

    /// <summary>The keys, by insertion.</summary>
    IEnumerable<TKey> Keys { get; }

    /// <summary>What the vectors depend on; null for a table in memory.</summary>
    IReadOnlyDictionary<string, string>? EmbeddingSpace { get; }

    /// <summary>Why the last merge in the background could not be done; null if it could.</summary>
    Exception? MergeFailure { get; }

    /// <summary>Whether there is a vector under a key.</summary>
    bool Contains(TKey key);

    /// <summary>Takes all given keys out at once and says how many were there.</summary>
    /// <exception cref="ArgumentException">A key is null; nothing was taken out.</exception>
    /// <exception cref="SearchStorageException">It could not be written to the folder.</exception>
    int Remove(IEnumerable<TKey> keys, string parameter);

    /// <summary>Makes one segment of everything.</summary>
    Task ForceMergeAsync(CancellationToken cancellationToken);

    /// <summary>Waits until nothing is left to merge.</summary>
    Task WhenMergedAsync();

    /// <summary>Copies the folder as it is now into another one.</summary>
    Task BackupAsync(string target, IProgress<long>? progress, CancellationToken cancellationToken);

    /// <summary>Compares all files of the folder with their checksums.</summary>
    Task<IReadOnlyList<SearchStorageException>> VerifyAsync(CancellationToken cancellationToken);
}
