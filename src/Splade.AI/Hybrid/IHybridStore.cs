namespace Splade.AI.Hybrid;

/// <summary>Keeps texts with named vectors, sparse and dense, and searches them by any of these.</summary>
/// <remarks>
/// <para>
/// Implementations are safe for concurrent use. A record is one unit: no reader sees its text without its vectors, or one version's text with another's
/// vector. When a write's task has completed, every later call sees it, unless <see cref="HybridStoreFeatures.ReadYourWrites"/> says otherwise.
/// Arguments are checked before anything is done: on an <see cref="ArgumentException"/> nothing was put in. On a <see cref="HybridStoreException"/> some of
/// it may have been; doing the same again is safe. Equal scores may come in any order.
/// </para>
/// <para>
/// What a store cannot do (<see cref="Features"/>) it refuses with a <see cref="NotSupportedException"/> that names it. Members that have a default work
/// by those that have none, where that is possible; a store behind a network should bring its own.
/// </para>
/// </remarks>
public interface IHybridStore : IAsyncDisposable
{
    /// <summary>Gets the vectors that records have. A store made by <c>OpenAsync</c> has created them, or compared them with what was there.</summary>
    /// <value>The default is <see cref="HybridSchema.Default"/>.</value>
    HybridSchema Schema => HybridSchema.Default;

    /// <summary>Gets what the store can do.</summary>
    HybridStoreFeatures Features { get; }

    /// <summary>Puts records in, each in place of one with the same id. Of several with one id the last stays.</summary>
    /// <param name="records">The records. Vectors that the schema does not name are refused.</param>
    /// <param name="models">
    /// The models that the vectors come from; null for not known. A store that remembers models refuses vectors of others than those it has.
    /// </param>
    /// <param name="cancellationToken">Ends the work early. Some of the records may be in, unless upserts are atomic.</param>
    /// <exception cref="ArgumentException">A record is null or does not fit the store, or the models differ from those of the store; none was put in.</exception>
    /// <exception cref="HybridStoreException">The engine failed.</exception>
    Task UpsertAsync(IEnumerable<HybridRecord> records, HybridModels? models = null, CancellationToken cancellationToken = default);

    /// <summary>Takes out the records with the given ids; ids that the store does not hold are passed over.</summary>
    /// <param name="ids">The ids.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>How many records there were.</returns>
    /// <exception cref="HybridStoreException">The engine failed.</exception>
    Task<long> DeleteAsync(IEnumerable<string> ids, CancellationToken cancellationToken = default);

    /// <summary>Takes out the records that a filter matches.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>How many records there were.</returns>
    /// <exception cref="NotSupportedException">The store cannot list its records, or cannot filter so.</exception>
    /// <exception cref="HybridStoreException">The engine failed.</exception>
    async Task<long> DeleteAsync(MetadataFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var ids = new List<string>();
        var options = new HybridListOptions { Filter = filter, Parts = HybridRecordParts.None };
        await foreach (HybridRecord record in ListAsync(options, cancellationToken).ConfigureAwait(false))
        {
            ids.Add(record.Id);
        }

        return await DeleteAsync(ids, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Finds the best records for a query, best first.</summary>
    /// <param name="query">The query.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    /// <returns>The hits.</returns>
    /// <exception cref="ArgumentException">
    /// The query lacks a vector that its mode needs, has one that does not fit the store, or comes from other models than the store's vectors.
    /// </exception>
    /// <exception cref="NotSupportedException">The store cannot search by that mode, fuse so, or filter so.</exception>
    /// <exception cref="HybridStoreException">The engine failed.</exception>
    Task<IReadOnlyList<HybridHit>> SearchAsync(HybridQuery query, CancellationToken cancellationToken = default);

    /// <summary>Reads the record with an id; null if there is none.</summary>
    /// <param name="id">The id.</param>
    /// <param name="parts">What is read of it.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    /// <returns>The record.</returns>
    /// <exception cref="HybridStoreException">The engine failed.</exception>
    async Task<HybridRecord?> GetAsync(string id, HybridRecordParts parts = HybridRecordParts.All, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        return (await GetAsync([id], parts, cancellationToken).ConfigureAwait(false)).SingleOrDefault();
    }

    /// <summary>Reads the records with the given ids, in the order of the ids; those that the store does not hold are passed over.</summary>
    /// <param name="ids">The ids.</param>
    /// <param name="parts">What is read of them.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    /// <returns>The records.</returns>
    /// <exception cref="HybridStoreException">The engine failed.</exception>
    Task<IReadOnlyList<HybridRecord>> GetAsync(
        IEnumerable<string> ids, HybridRecordParts parts = HybridRecordParts.All, CancellationToken cancellationToken = default);

    /// <summary>Lists records, by insertion or as the options and <see cref="Features"/> say.</summary>
    /// <param name="options">Which records, which parts of them, and in which order; null for all.</param>
    /// <param name="cancellationToken">Ends the enumeration early.</param>
    /// <returns>The records.</returns>
    /// <exception cref="NotSupportedException">The store cannot list its records, which is the default, or not so.</exception>
    /// <exception cref="HybridStoreException">The engine failed.</exception>
    IAsyncEnumerable<HybridRecord> ListAsync(HybridListOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException($"{GetType()} cannot list its records.");

    /// <summary>Computes the inverse document frequencies of positions of a sparse vector in the records of the store as it is now.</summary>
    /// <param name="vector">The name of the vector.</param>
    /// <param name="positions">The positions, in any order.</param>
    /// <param name="cancellationToken">Ends the counting early.</param>
    /// <returns>For each position what the weight of a query there is multiplied by.</returns>
    /// <exception cref="ArgumentException">The store has no sparse vector of that name.</exception>
    /// <exception cref="NotSupportedException">The store does not count them. This is the default.</exception>
    Task<IReadOnlyList<float>> GetIdfAsync(string vector, IReadOnlyList<int> positions, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException($"{GetType()} does not count in how many records a position is.");

    /// <summary>Counts the records that the store holds, or those that a filter matches.</summary>
    /// <param name="filter">The filter; null for all records.</param>
    /// <param name="cancellationToken">Ends the counting early.</param>
    /// <returns>How many there are.</returns>
    /// <exception cref="NotSupportedException">The store cannot filter so.</exception>
    /// <exception cref="HybridStoreException">The engine failed.</exception>
    Task<long> CountAsync(MetadataFilter? filter = null, CancellationToken cancellationToken = default);

    /// <summary>Gets the models that the vectors of the store come from; empty if they are not known, as by default.</summary>
    /// <param name="cancellationToken">Ends the reading early.</param>
    /// <returns>The models.</returns>
    /// <exception cref="HybridStoreException">The engine failed.</exception>
    Task<HybridModels> GetModelsAsync(CancellationToken cancellationToken = default) => Task.FromResult(HybridModels.None);
}
