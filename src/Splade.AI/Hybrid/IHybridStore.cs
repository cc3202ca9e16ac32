namespace Splade.AI.Hybrid;

/// <summary>Keeps texts with a sparse and a dense vector each, and searches them by either or both.</summary>
/// <remarks>
/// Implementations are safe for concurrent use. A record is one unit: no reader sees its text without its vectors, or one version's
/// text with another's vector. When a write's task has completed, every later call sees it. Members that have a default work by those that
/// have none, where that is possible.
/// </remarks>
public interface IHybridStore
{
    /// <summary>Puts records in, each in place of one with the same id. Of several with one id the last stays.</summary>
    /// <exception cref="ArgumentException">A record is null or does not fit those in the store; none was put in.</exception>
    Task UpsertAsync(IEnumerable<HybridRecord> records, CancellationToken cancellationToken = default);

    /// <summary>The same for vectors of known models. A store that remembers them refuses those of others; by default it does not.</summary>
    /// <exception cref="ArgumentException">The models differ from those of the store, or a record is wrong; none was put in.</exception>
    Task UpsertAsync(IEnumerable<HybridRecord> records, HybridModels models, CancellationToken cancellationToken = default) =>
        UpsertAsync(records, cancellationToken);

    /// <summary>Takes out the records with the given ids; ids that the store does not hold are passed over.</summary>
    /// <returns>How many records there were.</returns>
    Task<int> DeleteAsync(IEnumerable<string> ids, CancellationToken cancellationToken = default);

    /// <summary>Takes out the records that a filter matches.</summary>
    /// <returns>How many records there were.</returns>
    /// <exception cref="NotSupportedException">The store cannot list its records.</exception>
    async Task<int> DeleteAsync(MetadataFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var ids = new List<string>();
        await foreach (HybridRecord record in ListAsync(new HybridListOptions { Filter = filter }, cancellationToken).ConfigureAwait(false))
        {
            ids.Add(record.Id);
        }

        return await DeleteAsync(ids, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The best records for a query, best first.</summary>
    /// <exception cref="ArgumentException">The query lacks a vector that its mode needs, or has one that does not fit the store.</exception>
    /// <exception cref="NotSupportedException">The store cannot filter, and the query has a filter.</exception>
    Task<IReadOnlyList<HybridHit>> SearchAsync(HybridQuery query, CancellationToken cancellationToken = default);

    /// <summary>The record with an id; null if there is none.</summary>
    Task<HybridRecord?> GetAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>The records with the given ids, in the order of the ids; those that the store does not hold are passed over.</summary>
    async Task<IReadOnlyList<HybridRecord>> GetAsync(IEnumerable<string> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var records = new List<HybridRecord>();
        foreach (string id in ids)
        {
            if (await GetAsync(id, cancellationToken).ConfigureAwait(false) is HybridRecord record)
            {
                records.Add(record);
            }
        }

        return records;
    }

    /// <summary>The records by insertion, or as the options say, as they are when the enumeration begins: later writes do not show.</summary>
    /// <param name="options">Which records, and in which order; null for all.</param>
    /// <param name="cancellationToken">Ends the enumeration early.</param>
    /// <exception cref="NotSupportedException">The store cannot list its records. This is the default.</exception>
    IAsyncEnumerable<HybridRecord> ListAsync(HybridListOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException($"{GetType()} cannot list its records.");

    /// <summary>
    /// Gets a value indicating whether the store multiplies the weights of sparse queries by the inverse document frequency in its own records, where
    /// the encoder requires it (<see cref="SparseModelIdentity.RequiresIdf"/>). A retriever refuses such an encoder for a store that does not.
    /// </summary>
    /// <value>The default is false.</value>
    bool SuppliesIdf => false;

    /// <summary>The inverse document frequencies of positions of sparse vectors in the records of the store as it is now.</summary>
    /// <param name="positions">The positions, in any order.</param>
    /// <param name="cancellationToken">Ends the counting early.</param>
    /// <returns>For each position what the weight of a query there is multiplied by.</returns>
    /// <exception cref="NotSupportedException">The store does not count them. This is the default.</exception>
    Task<IReadOnlyList<float>> GetIdfAsync(IReadOnlyList<int> positions, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException($"{GetType()} does not count in how many records a position is.");

    /// <summary>How many records the store holds.</summary>
    Task<long> CountAsync(CancellationToken cancellationToken = default);

    /// <summary>How many records a filter matches.</summary>
    /// <exception cref="NotSupportedException">The store cannot list its records.</exception>
    async Task<long> CountAsync(MetadataFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        long count = 0;
        await foreach (HybridRecord _ in ListAsync(new HybridListOptions { Filter = filter }, cancellationToken).ConfigureAwait(false))
        {
            count++;
        }

        return count;
    }

    /// <summary>The models that the vectors of the store come from; null if they are not known, as by default, or the store is empty.</summary>
    Task<HybridModels?> GetModelsAsync(CancellationToken cancellationToken = default) => Task.FromResult<HybridModels?>(null);
}
