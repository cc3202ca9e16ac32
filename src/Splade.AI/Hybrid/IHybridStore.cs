namespace Splade.AI.Hybrid;

/// <summary>Keeps texts with a sparse and a dense vector each, and searches them by either or both.</summary>
/// <remarks>
/// Implementations are safe for concurrent use. A record is one unit: no reader sees its text without its vectors, or one version's
/// text with another's vector. When a write's task has completed, every later call sees it.
/// </remarks>
public interface IHybridStore
{
    /// <summary>Puts records in, each in place of one with the same id. Of several with one id the last stays.</summary>
    /// <exception cref="ArgumentException">A record is null or does not fit those in the store; none was put in.</exception>
    Task UpsertAsync(IEnumerable<HybridRecord> records, CancellationToken cancellationToken = default);

    /// <summary>Takes out the records with the given ids; ids that the store does not hold are passed over.</summary>
    /// <returns>How many records there were.</returns>
    Task<int> DeleteAsync(IEnumerable<string> ids, CancellationToken cancellationToken = default);

    /// <summary>The best records for a query, best first.</summary>
    /// <exception cref="ArgumentException">The query lacks a vector that its mode needs, or has one that does not fit the store.</exception>
    Task<IReadOnlyList<HybridHit>> SearchAsync(HybridQuery query, CancellationToken cancellationToken = default);

    /// <summary>The record with an id; null if there is none.</summary>
    Task<HybridRecord?> GetAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>How many records the store holds.</summary>
    Task<long> CountAsync(CancellationToken cancellationToken = default);
}
