using Splade.AI.Hybrid.Storage;
using Splade.AI.Search.Segments;

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
        return RunWrite<long>(
            () =>
            {
                lock (_writing)
                {
                    return _table.Remove(ids, nameof(ids));
                }
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>Nobody writes between the filter's look at the records and their end: what it matches then is gone, at once for readers.</remarks>
    public Task<long> DeleteAsync(MetadataFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return RunWrite<long>(
            () =>
            {
                lock (_writing)
                {
                    using StateReading<string, StoredRecord> reading = _table.Read();
                    return _table.Remove(RecordRows.List(filter, reading.State).Select(item => item.Key), nameof(filter));
                }
            },
            cancellationToken);
    }

    private int Upsert(IEnumerable<HybridRecord> records, HybridModels? models, CancellationToken cancellationToken)
    {
        List<KeyValuePair<string, StoredRecord>> batch = _columns.Store(records, _table.Current, nameof(records), cancellationToken);
        if (batch.Count == 0)
        {
            return 0;
        }

        lock (_writing)
        {
            if (models is not null)
            {
                Models.With(Schema.Models).RequireSame(models, nameof(models));
            }

            // The table compares the sizes of the sparse vectors too, but after the models are known.
            _vectors.RequireFit(_table.Current, batch, nameof(records));

            // Before the records: whoever sees them sees whose vectors they have. Of records that came without models nothing is known later.
            Remember(_table.Current.Count == 0
                ? Schema.Models.Equals(HybridModels.None) ? models ?? HybridModels.None : Schema.Models.With(models)
                : _models.Equals(HybridModels.None) ? _models : _models.With(models));
            _mayLack |= batch.Any(record => LackingVectors.Of(record.Value.Metadata).Count > 0);
            _table.Upsert(batch, nameof(records));
        }

        return batch.Count;
    }
}
