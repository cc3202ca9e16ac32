using Splade.AI.Hybrid.Storage;
using Splade.AI.Search;

namespace Splade.AI.Hybrid;

/// <content>A store in a folder.</content>
public sealed partial class EmbeddedHybridStore
{
    /// <summary>Gets why the last merge in the background could not be done, for example because the disk is full; null if it could.</summary>
    /// <remarks>Nothing is lost, but searches take longer. It is tried again after more writes; <see cref="ForceMergeAsync"/> tries it now.</remarks>
    public Exception? MergeFailure => _table.Rows.MergeFailure;

    /// <summary>Opens the store in a folder, or makes an empty one there. What was written before is there.</summary>
    /// <param name="folder">The folder; it is made if it is not there. One store at a time may have it open.</param>
    /// <param name="similarity">How dense vectors are compared, always the same for a folder. The default is the cosine, under which a zero vector is refused.</param>
    /// <param name="models">
    /// The only models whose vectors the store takes; null for those that it has, or of the first records. Records that are there already and came
    /// without models stay of unknown origin: <see cref="Models"/> is null until they are gone.
    /// </param>
    /// <param name="options">How it works; null for the defaults. It has no <see cref="SearchIndexOptions.EmbeddingSpace"/>: the models are what is compared.</param>
    /// <param name="cancellationToken">Ends the opening early; the folder is as it was.</param>
    /// <returns>The store. Dispose of it, so that others can open the folder.</returns>
    /// <remarks>
    /// A write whose task has completed is on the disk: texts, metadata and both vectors of all its records, or nothing of it. After a write that
    /// failed with a <see cref="SearchStorageException"/> the store is as it was before, or says that it takes no more writes until it is opened
    /// again.
    /// </remarks>
    /// <exception cref="SearchStorageException">
    /// Another store has the folder open; it cannot be written to; it is damaged; it was written by another version; or it holds something else,
    /// such as vectors of other models. The message says which, and what to do.
    /// </exception>
    /// <exception cref="ArgumentException">The options have a space.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Task<EmbeddedHybridStore> OpenAsync(
        string folder,
        SimilarityFunction similarity = SimilarityFunction.Cosine,
        HybridModels? models = null,
        SearchIndexOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        HybridSchema schema = HybridSchema.Pair(DenseSimilarity.Require(similarity, nameof(similarity)), models);
        return OpenAsync(folder, schema, options, cancellationToken);
    }

    /// <summary>Opens the store in a folder, or makes an empty one there, with any vectors. What was written before is there.</summary>
    /// <param name="folder">The folder; it is made if it is not there. One store at a time may have it open.</param>
    /// <param name="schema">
    /// The vectors of the records, always the same for a folder, and the only models whose vectors the store takes, as far as it says some.
    /// </param>
    /// <param name="options">How it works; null for the defaults. It has no <see cref="SearchIndexOptions.EmbeddingSpace"/>: the models are what is compared.</param>
    /// <param name="cancellationToken">Ends the opening early; the folder is as it was.</param>
    /// <returns>The store. Dispose of it, so that others can open the folder.</returns>
    /// <inheritdoc cref="OpenAsync(string, SimilarityFunction, HybridModels?, SearchIndexOptions?, CancellationToken)" path="/remarks"/>
    /// <exception cref="SearchStorageException">
    /// Another store has the folder open; it cannot be written to; it is damaged; it was written by another version; or it holds something else,
    /// such as other vectors, or those of other models. The message says which, and what to do.
    /// </exception>
    /// <exception cref="ArgumentException">The options have a space.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Task<EmbeddedHybridStore> OpenAsync(
        string folder, HybridSchema schema, SearchIndexOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(schema);
        if (options?.EmbeddingSpace is not null)
        {
            throw new ArgumentException($"Found a {nameof(SearchIndexOptions.EmbeddingSpace)}, expected none: a store compares the models. Give these instead.", nameof(options));
        }

        return Task.Run(() => Open(folder, schema, options, tableRows: null, cancellationToken), cancellationToken);
    }

    /// <summary>Copies the folder as it is now into another one, which can be opened then. Others read and write meanwhile.</summary>
    /// <param name="folder">The other folder, empty or not there yet.</param>
    /// <param name="progress">Is told how many bytes have been copied; null for nobody.</param>
    /// <param name="cancellationToken">Ends the work early; the other folder holds no store then.</param>
    /// <exception cref="InvalidOperationException">The store is in memory.</exception>
    /// <exception cref="SearchStorageException">The other folder is not empty, or cannot be written to.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Task BackupAsync(string folder, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return _table.Rows.BackupAsync(folder, progress, cancellationToken);
    }

    /// <summary>Reads all files of the folder and compares them with their checksums. Others read and write meanwhile.</summary>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>What is damaged, if anything is; of a store in memory, nothing.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Task<IReadOnlyList<SearchStorageException>> VerifyAsync(CancellationToken cancellationToken = default) => _table.Rows.VerifyAsync(cancellationToken);

    /// <summary>Closes the store. Searches and listings under way end as they would have; all calls after this one throw.</summary>
    public void Dispose() => _table.Dispose();

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <param name="folder">The folder.</param>
    /// <param name="schema">The vectors of the records.</param>
    /// <param name="options">How it works; null for the defaults.</param>
    /// <param name="tableRows">How many records become a segment; null for the default.</param>
    /// <param name="cancellationToken">Ends the opening early.</param>
    internal static EmbeddedHybridStore Open(
        string folder, HybridSchema schema, SearchIndexOptions? options, int? tableRows, CancellationToken cancellationToken)
    {
        var store = new EmbeddedHybridStore(schema, options, tableRows);
        try
        {
            store._space.RequireVectors(folder);
            RecordTable.Open(folder, store._table, options, cancellationToken);
            store._space.RequireSame(store._table, folder);
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }
}
