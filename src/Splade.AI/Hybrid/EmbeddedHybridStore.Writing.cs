using Splade.AI.Hybrid.Storage;
using Splade.AI.Search.Segments;

namespace Splade.AI.Hybrid;

/// <content>Writing. Writers wait for each other.</content>
public sealed partial class EmbeddedHybridStore
{
    /// <inheritdoc/>
    /// <remarks>All records are put in at once: readers see all of them or none.</remarks>
    public Task UpsertAsync(IEnumerable<HybridRecord> records, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        return RunWrite(() => Upsert(records, models: null, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>All records are put in at once: readers see all of them or none.</remarks>
    public Task UpsertAsync(IEnumerable<HybridRecord> records, HybridModels models, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentNullException.ThrowIfNull(models);
        return RunWrite(() => Upsert(records, models, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<int> DeleteAsync(IEnumerable<string> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return RunWrite(
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
    public Task<int> DeleteAsync(MetadataFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return RunWrite(
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
        var batch = new List<KeyValuePair<string, StoredRecord>>();
        foreach (HybridRecord record in records)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (record is null)
            {
                throw new ArgumentException($"The record at position {batch.Count} is null.", nameof(records));
            }

            batch.Add(new KeyValuePair<string, StoredRecord>(record.Id, Stored(record, nameof(records))));
        }

        if (batch.Count == 0)
        {
            return 0;
        }

        lock (_writing)
        {
            if (models is not null)
            {
                (Models ?? _givenModels)?.RequireSame(models, nameof(models));
            }

            // The table compares the sizes of the sparse vectors too, but after the models are known.
            _vectors.RequireFit(_table.Current, batch, nameof(records));

            // Before the records: whoever sees them sees whose vectors they have.
            Remember(_table.Current.Count == 0 ? _givenModels ?? models : _models?.WithHashesOf(models));
            _table.Upsert(batch, nameof(records));
        }

        return batch.Count;
    }

    private NewRecord Stored(HybridRecord record, string parameter)
    {
        try
        {
            return new NewRecord(record, _similarity, parameter);
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException($"Record '{record.Id}': {e.Message}", parameter, e);
        }
    }
}
