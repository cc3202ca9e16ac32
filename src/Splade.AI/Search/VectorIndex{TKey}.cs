using Splade.AI.Search.Segments;

namespace Splade.AI.Search;

/// <summary>Vectors by key, in memory or in a folder: what a <see cref="SparseIndex{TKey}"/> and a <see cref="DenseIndex{TKey}"/> have in common.</summary>
/// <typeparam name="TKey">The type of the keys: <see cref="string"/>, a number, <see cref="Guid"/> or another type with value equality.</typeparam>
/// <remarks>
/// Safe for concurrent use. Readers never wait: each call reads the snapshot that the last finished write published, and a batch is published
/// as a whole. Writers wait for each other.
/// </remarks>
public abstract class VectorIndex<TKey> : IDisposable
    where TKey : notnull, IEquatable<TKey>
{
    private readonly IVectorTable<TKey> _table;

    private protected VectorIndex(IVectorTable<TKey> table) => _table = table;

    /// <summary>Gets how many vectors the index holds.</summary>
    public int Count => _table.Count;

    /// <summary>Gets how many entries each vector has, zeros included; null while the index is empty.</summary>
    public int? Dimensions => _table.Dimensions;

    /// <summary>Gets the keys by insertion, as they are now: later writes do not show.</summary>
    public IEnumerable<TKey> Keys => _table.Keys;

    /// <summary>Gets what the vectors depend on, as the folder remembers it; null for an index in memory.</summary>
    public IReadOnlyDictionary<string, string>? EmbeddingSpace => _table.EmbeddingSpace;

    /// <summary>Gets why the last merge in the background could not be done, for example because the disk is full; null if it could.</summary>
    /// <remarks>Nothing is lost, but searches take longer. It is tried again after more writes; <see cref="ForceMergeAsync"/> tries it now.</remarks>
    public Exception? MergeFailure => _table.MergeFailure;

    /// <summary>Determines whether the index holds a vector under the key.</summary>
    public bool Contains(TKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _table.Contains(key);
    }

    /// <summary>Takes out the vector under a key.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="SearchStorageException">It could not be written to the folder.</exception>
    public bool Remove(TKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _table.Remove([key], nameof(key)) == 1;
    }

    /// <summary>Takes out the vectors under many keys at once: readers see all of them or none.</summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="ArgumentException">A key is null; nothing was taken out.</exception>
    /// <exception cref="SearchStorageException">It could not be written to the folder.</exception>
    public int Remove(IEnumerable<TKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return _table.Remove(keys, nameof(keys));
    }

    /// <summary>Makes one segment of all vectors, so that searches are as fast as they can be. Others read and write meanwhile.</summary>
    /// <remarks>
    /// Worth it after a large import; small writes are merged as they come. What others write meanwhile is merged later. No segment takes more than
    /// half a billion vectors, four billion entries of sparse ones, or two gigabytes of keys in a folder: of more there stay several segments.
    /// </remarks>
    /// <param name="cancellationToken">Ends the work early; what can be found is the same.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The index was disposed, before or meanwhile.</exception>
    public Task ForceMergeAsync(CancellationToken cancellationToken = default) => _table.ForceMergeAsync(cancellationToken);

    /// <summary>Copies the folder as it is now into another one, which can be opened then. Others read and write meanwhile.</summary>
    /// <param name="folder">The other folder, empty or not there yet.</param>
    /// <param name="progress">Is told how many bytes have been copied; null for nobody.</param>
    /// <param name="cancellationToken">Ends the work early; the other folder holds no index then.</param>
    /// <exception cref="InvalidOperationException">The index is in memory.</exception>
    /// <exception cref="SearchStorageException">The other folder is not empty, or cannot be written to.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Task BackupAsync(string folder, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return _table.BackupAsync(folder, progress, cancellationToken);
    }

    /// <summary>Reads all files of the folder and compares them with their checksums. Others read and write meanwhile.</summary>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>What is damaged, if anything is; of an index in memory, nothing.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Task<IReadOnlyList<SearchStorageException>> VerifyAsync(CancellationToken cancellationToken = default) => _table.VerifyAsync(cancellationToken);

    /// <summary>Closes the index. Searches under way end as they would have; all calls after this one throw.</summary>
    public void Dispose()
    {
        _table.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Waits until nothing is left to merge.</summary>
    internal Task WhenMergedAsync() => _table.WhenMergedAsync();
}
