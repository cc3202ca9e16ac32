using Splade.AI.Search.Segments;
using Splade.AI.Search.Sparse;

namespace Splade.AI.Search;

/// <summary>Opens indexes of sparse vectors that are kept in folders.</summary>
public static class SparseIndex
{
    /// <summary>Opens the index in a folder, or makes an empty one there. What was written before is there.</summary>
    /// <typeparam name="TKey">The type of the keys: <see cref="string"/>, <see cref="int"/>, <see cref="long"/> or <see cref="Guid"/>.</typeparam>
    /// <param name="folder">The folder; it is made if it is not there. One index at a time may have it open.</param>
    /// <param name="options">How it works; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the opening early; the folder is as it was.</param>
    /// <returns>The index. Dispose of it, so that others can open the folder.</returns>
    /// <remarks>
    /// A write that has returned is on the disk, and is found whatever ends the process. Segments are mapped into memory, of which the system
    /// keeps as much as it has room for. After a write that failed with a <see cref="SearchStorageException"/> the index is as it was before,
    /// or says that it takes no more writes until it is opened again.
    /// </remarks>
    /// <exception cref="SearchStorageException">
    /// Another index has the folder open; it cannot be written to; it is damaged; it was written by another version; or it holds something else,
    /// such as vectors of another model (<see cref="SearchIndexOptions.EmbeddingSpace"/>). The message says which, and what to do.
    /// </exception>
    /// <exception cref="NotSupportedException">The keys are of another type.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static SparseIndex<TKey> Open<TKey>(string folder, SearchIndexOptions? options = null, CancellationToken cancellationToken = default)
        where TKey : notnull, IEquatable<TKey>
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var table = new SegmentedTable<TKey, SparseVector>(new SparseSegments());
        table.Open(folder, options ?? new SearchIndexOptions(), cancellationToken);
        return new SparseIndex<TKey>(options, table);
    }
}
