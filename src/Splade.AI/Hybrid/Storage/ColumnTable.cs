using System.Collections.ObjectModel;
using Splade.AI.Search;
using Splade.AI.Search.Segments;
using Splade.AI.Search.Storage;

namespace Splade.AI.Hybrid.Storage;

/// <summary>Records with vectors in any number of columns, in memory or in a folder, as an <see cref="EmbeddedHybridStore"/> has those with two.</summary>
/// <remarks>
/// Safe for concurrent use. A write puts all parts of all its records in at once, or nothing. In a folder, what was written is on the disk when the
/// call returns.
/// </remarks>
internal sealed class ColumnTable : IDisposable
{
    private readonly RecordVectors _vectors;
    private readonly SegmentedTable<string, StoredRecord> _table;
    private readonly Lock _writing = new();
    private volatile IReadOnlyDictionary<string, string> _space;

    /// <summary>An empty table in memory.</summary>
    /// <param name="columns">Which vectors the records have.</param>
    /// <param name="space">What the records depend on, in words.</param>
    /// <param name="tableRows">How many records become a segment; null for the default.</param>
    public ColumnTable(RecordColumns columns, IReadOnlyDictionary<string, string> space, int? tableRows = null)
    {
        _vectors = new RecordVectors(columns, new SearchThreads(Environment.ProcessorCount));
        var kind = new RecordSegments(columns);
        _table = tableRows is int rows ? new SegmentedTable<string, StoredRecord>(kind) { TableRows = rows } : new SegmentedTable<string, StoredRecord>(kind);
        _space = space;
    }

    /// <summary>What the records depend on. Another object says so if it has changed.</summary>
    public IReadOnlyDictionary<string, string> Space => _space;

    /// <summary>Whether the table is closed, or is about to be.</summary>
    public bool IsDisposed
    {
        get => Volatile.Read(ref field);
        private set => Volatile.Write(ref field, value);
    }

    /// <summary>Whether a write waits for a disk.</summary>
    public bool IsInFolder => _table.Space is not null;

    /// <summary>Opens the table in a folder, or makes an empty one there that depends on a space.</summary>
    /// <exception cref="SearchStorageException">The folder is in use, cannot be written to, is damaged, or holds something else.</exception>
    public static ColumnTable Open(
        string folder, RecordColumns columns, IReadOnlyDictionary<string, string> space, int? tableRows = null, CancellationToken cancellationToken = default)
    {
        var table = new ColumnTable(columns, space, tableRows);
        try
        {
            table._table.Open(folder, new SearchIndexOptions(), cancellationToken);
            if (table._table.Space is { Count: > 0 } known)
            {
                table._space = known;
            }
            else
            {
                table._table.Remember(space);
            }

            return table;
        }
        catch
        {
            table.Dispose();
            throw;
        }
    }

    /// <summary>In which ways what the records depend on is other than what is at hand, as far as both are known.</summary>
    public IReadOnlyList<string> DifferencesFrom(IReadOnlyDictionary<string, string> space)
    {
        IReadOnlyDictionary<string, string> known = Space;
        return SpaceDifferences.Find(
            known.Where(item => space.ContainsKey(item.Key)).ToDictionary(), space.Where(item => known.ContainsKey(item.Key)).ToDictionary());
    }

    /// <summary>Does several things while nobody else writes.</summary>
    public void InTurn(Action work)
    {
        lock (_writing)
        {
            work();
        }
    }

    /// <summary>Remembers what records depend on that are to come; of records that are there, what was not known of them.</summary>
    /// <exception cref="SearchStorageException">It could not be written to the folder.</exception>
    public void Remember(IReadOnlyDictionary<string, string> space)
    {
        lock (_writing)
        {
            Dictionary<string, string> next = _table.Current.Count == 0 ? new(space) : new(space.Concat(Space.Where(item => !space.ContainsKey(item.Key))));
            if (next.Count != Space.Count || next.Any(item => Space.GetValueOrDefault(item.Key) != item.Value))
            {
                _table.Remember(next);
                _space = next;
            }
        }
    }

    /// <summary>What is there now, for as long as it is looked at.</summary>
    /// <exception cref="ObjectDisposedException">The table was disposed.</exception>
    public ColumnReading Read()
    {
        // It changes before the records that it is changed for: what is the same before and after holds for all that is read between.
        IReadOnlyDictionary<string, string> space = _space;
        StateReading<string, StoredRecord> reading = _table.Read();
        return new ColumnReading(reading, _vectors, ReferenceEquals(space, _space) ? space : ReadOnlyDictionary<string, string>.Empty);
    }

    /// <summary>Puts all records in at once; of several with one id the last stays.</summary>
    /// <exception cref="ArgumentException">A vector has another size than those of its column; nothing was put in.</exception>
    /// <exception cref="SearchStorageException">It could not be written to the folder.</exception>
    public void Upsert(List<KeyValuePair<string, StoredRecord>> records, string parameter)
    {
        if (records.Count == 0)
        {
            return;
        }

        lock (_writing)
        {
            // Nobody writes meanwhile, so that the first segment stays.
            _vectors.RequireFit(_table.Current, records, parameter);
            _table.Upsert(records, parameter);
        }
    }

    /// <summary>Takes all given ids out at once and says how many were there.</summary>
    /// <exception cref="SearchStorageException">It could not be written to the folder.</exception>
    public int Remove(IEnumerable<string> ids, string parameter)
    {
        lock (_writing)
        {
            return _table.Remove(ids, parameter);
        }
    }

    /// <summary>Closes the table. Readings under way end as they would have; all calls after this one throw.</summary>
    public void Dispose()
    {
        IsDisposed = true;
        _table.Dispose();
    }
}
