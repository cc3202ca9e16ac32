using Splade.AI.Hybrid.Storage;

namespace Splade.AI.Hybrid;

/// <content>Writing. Writers wait for each other.</content>
public sealed partial class EmbeddedHybridStore
{
    /// <inheritdoc/>
    /// <remarks>All records are put in at once: readers see all of them or none.</remarks>
    public Task UpsertAsync(IEnumerable<HybridRecord> records, HybridModels? models = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        return RunWrite(() => Upsert(records, models, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<long> DeleteAsync(IEnumerable<string> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return RunWrite<long>(() => _table.Remove(ids), cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>Nobody writes between the filter's look at the records and their end: what it matches then is gone, at once for readers.</remarks>
    public Task<long> DeleteAsync(MetadataFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return RunWrite<long>(() => _table.Remove(filter), cancellationToken);
    }

    private int Upsert(IEnumerable<HybridRecord> records, HybridModels? models, CancellationToken cancellationToken)
    {
        List<KeyValuePair<string, StoredRecord>> batch = _columns.Store(records, _table, nameof(records), cancellationToken);
        _table.InTurn(() =>
        {
            HybridModels known = Models;
            if (models is not null && batch.Count > 0)
            {
                known.With(Schema.Models).RequireSame(models, nameof(models));
            }

            // Of records that came without models nothing is known later.
            HybridModels next = _table.Rows.Count == 0
                ? Schema.Models.Equals(HybridModels.None) ? models ?? HybridModels.None : Schema.Models.With(models)
                : known.Equals(HybridModels.None) ? known : known.With(models);
            _table.Upsert(batch, _space.Of(next), nameof(records));
        });
        return batch.Count;
    }

    // A disk makes its callers wait.
    private Task<T> RunWrite<T>(Func<T> work, CancellationToken cancellationToken) =>
        _table.IsInFolder ? Task.Run(work, cancellationToken) : Run(work, cancellationToken);
}
