namespace Splade.AI.Search;

/// <content>An index in a folder.</content>
public sealed partial class DenseIndex<TKey>
{
    /// <summary>What the vectors depend on, as the folder remembers it; null for an index in memory.</summary>
    public IReadOnlyDictionary<string, string>? Space => _table.Space;

    /// <summary>Why the last merge in the background could not be done, for example because the disk is full; null if it could.</summary>
    /// <remarks>Nothing is lost, but searches take longer. It is tried again after more writes; <see cref="OptimizeAsync"/> tries it now.</remarks>
    public Exception? MergeFailure => _table.MergeFailure;

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
    public Task<IndexVerification> VerifyAsync(CancellationToken cancellationToken = default) => _table.VerifyAsync(cancellationToken);

    /// <summary>Closes the index. Searches under way end as they would have; all calls after this one throw.</summary>
    public void Dispose() => _table.Dispose();
}
