using Splade.AI.Search;

namespace Splade.AI.Hybrid.Storage;

/// <content>Writing. Writers wait for each other.</content>
public sealed partial class RecordTable
{
    /// <summary>Does several things while nobody else writes.</summary>
    /// <param name="work">What is done.</param>
    public void InTurn(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        lock (_writing)
        {
            work();
        }
    }

    /// <summary>Puts all records in at once; of several with one id the last stays.</summary>
    /// <param name="records">The records by their ids, made by <see cref="CreateRecord"/>.</param>
    /// <param name="space">
    /// What they depend on, in words, which is remembered before they are seen; of records that are there, what was not known of them. Null for what is known.
    /// </param>
    /// <param name="parameterName">What exceptions call the records; null for the argument's own name.</param>
    /// <exception cref="ArgumentException">A vector has another size than those of its column; nothing was put in, and nothing remembered.</exception>
    /// <exception cref="SearchStorageException">It could not be written to the folder.</exception>
    public void Upsert(
        IReadOnlyCollection<KeyValuePair<string, StoredRecord>> records, IReadOnlyDictionary<string, string>? space = null, string? parameterName = null)
    {
        ArgumentNullException.ThrowIfNull(records);
        if (records.Count == 0)
        {
            return;
        }

        List<KeyValuePair<string, StoredRecord>> all = [.. records];
        lock (_writing)
        {
            // Nobody writes meanwhile, so that the first segment stays.
            _vectors.RequireFit(_table.Current, all, parameterName ?? nameof(records));
            if (space is not null)
            {
                Remember(space);
            }

            _mayLack = _mayLack || all.Exists(record => LackingVectors.AreIn(record.Value.Metadata));
            _table.Upsert(all, parameterName ?? nameof(records));
        }
    }

    /// <summary>Takes all given ids out at once.</summary>
    /// <param name="ids">The ids.</param>
    /// <returns>How many of them were there.</returns>
    /// <exception cref="SearchStorageException">It could not be written to the folder.</exception>
    public int Remove(IEnumerable<string> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        lock (_writing)
        {
            return _table.Remove(ids, nameof(ids));
        }
    }

    /// <summary>Takes all records out at once that a filter matches when nobody else writes.</summary>
    internal int Remove(MetadataFilter filter)
    {
        lock (_writing)
        {
            using RecordReading reading = Read();
            return _table.Remove(reading.List(filter).Select(item => item.Key), nameof(filter));
        }
    }

    /// <summary>Remembers what records depend on that are to come; of records that are there, what was not known of them.</summary>
    internal void Remember(IReadOnlyDictionary<string, string> space)
    {
        lock (_writing)
        {
            bool isEmpty = _table.Current.Count == 0;
            if (space.Any(item => _space.GetValueOrDefault(item.Key) != item.Value) || (isEmpty && space.Count < _space.Count))
            {
                Dictionary<string, string> next = isEmpty ? new(space) : new(space.Concat(_space.Where(item => !space.ContainsKey(item.Key))));
                _table.Remember(next);
                _space = next;
            }
        }
    }
}
