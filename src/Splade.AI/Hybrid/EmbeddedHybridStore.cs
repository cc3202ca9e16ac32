using System.Collections.ObjectModel;
using Splade.AI.Hybrid.Storage;
using Splade.AI.Search;

namespace Splade.AI.Hybrid;

/// <summary>A store inside the process, searched exactly: in memory, or in a folder.</summary>
/// <remarks>
/// <para>
/// Safe for concurrent use: readers never wait and each call reads one snapshot, which a write replaces as a whole. Ties are ordered
/// by insertion, and an upsert counts as one. The work is done on the calling thread, and by a search that is the only one on others too, so
/// the returned tasks are complete, but for writes to a folder, which wait for the disk. All records have vectors of the sizes of the
/// schema, or of the first; a store that was emptied takes those of the next.
/// </para>
/// <para>
/// Texts, metadata and all vectors are rows of one table. The latest are kept as they are; every thousand become a segment, in which vectors
/// are searched as by <see cref="SparseIndex{TKey}"/> and <see cref="DenseIndex{TKey}"/>, and in which each value of metadata lists its rows, so
/// that a filter becomes a set of rows before the search begins. Segments are merged in the background.
/// </para>
/// <para>
/// A store in a folder (<see cref="OpenAsync(string, HybridSchema, SearchIndexOptions?, CancellationToken)"/>) keeps what was written whatever ends the process, all parts of a record or none. What is not in
/// a segment yet is in a log.
/// </para>
/// <para>
/// It remembers the models of the first records that were put in with their <see cref="HybridModels"/>, and refuses vectors of others until it is
/// emptied. If the first records came without, nothing is compared but sizes, and with the models that the store was opened for, if it was for any.
/// </para>
/// <para>
/// Where the sparse model requires it (<see cref="SparseModelIdentity.RequiresIdf"/>), of its records or of the query, or the options say so, the weights
/// of sparse queries are multiplied by the inverse document frequency, as <see cref="SearchIndexOptions.SuppliesIdf"/> describes: counted in the snapshot
/// that is searched, over all its records whatever the filter is. Sparse scores of hits are those of the multiplied query.
/// </para>
/// </remarks>
public sealed partial class EmbeddedHybridStore : IHybridStore, IDisposable
{
    private readonly bool _suppliesIdf;
    private readonly SchemaColumns _columns;
    private readonly SchemaSpace _space;
    private readonly RecordTable _table;

    /// <param name="schema">The vectors of the records.</param>
    /// <param name="options">How searches work; null for the defaults.</param>
    /// <param name="tableRows">How many records become a segment; null for the default.</param>
    internal EmbeddedHybridStore(HybridSchema schema, SearchIndexOptions? options, int? tableRows = null)
    {
        Schema = schema;
        _suppliesIdf = options?.SuppliesIdf is true;
        _columns = new SchemaColumns(schema);
        _space = new SchemaSpace(schema);
        _table = new RecordTable(RecordColumns.Of(schema), ReadOnlyDictionary<string, string>.Empty, options, tableRows);
    }

    /// <inheritdoc/>
    public HybridSchema Schema { get; }

    /// <inheritdoc/>
    /// <value>All.</value>
    public HybridStoreFeatures Features => HybridStoreFeatures.All;

    /// <summary>Gets the models that the vectors come from, as far as they are known: of an empty store those that it was opened for.</summary>
    public HybridModels Models => _table.Rows.Count == 0 ? Schema.Models : _space.ModelsOf(_table.EmbeddingSpace);

    /// <summary>Creates an empty store in memory, with one sparse and one dense vector a record.</summary>
    /// <param name="similarity">How dense vectors are compared. The default is the cosine, under which a zero vector is refused.</param>
    /// <param name="models">The only models whose vectors the store takes; null for those of the first records.</param>
    /// <param name="options">How searches work; null for the defaults.</param>
    public static EmbeddedHybridStore CreateInMemory(
        SimilarityFunction similarity = SimilarityFunction.Cosine, HybridModels? models = null, SearchIndexOptions? options = null) =>
        CreateInMemory(HybridSchema.Pair(DenseSimilarity.Require(similarity, nameof(similarity)), models), options);

    /// <summary>Creates an empty store in memory.</summary>
    /// <param name="schema">The vectors of the records.</param>
    /// <param name="options">How searches work; null for the defaults.</param>
    /// <returns>The store.</returns>
    public static EmbeddedHybridStore CreateInMemory(HybridSchema schema, SearchIndexOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return new EmbeddedHybridStore(schema, options);
    }

    /// <inheritdoc/>
    public Task<HybridModels> GetModelsAsync(CancellationToken cancellationToken = default) => Run(() => Models, cancellationToken);

    /// <inheritdoc/>
    /// <remarks>All of one snapshot.</remarks>
    public Task<IReadOnlyList<HybridRecord>> GetAsync(
        IEnumerable<string> ids, HybridRecordParts parts = HybridRecordParts.All, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return Run<IReadOnlyList<HybridRecord>>(() => Get([.. ids], parts, nameof(ids)), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<HybridRecord?> GetAsync(string id, HybridRecordParts parts = HybridRecordParts.All, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        return Run(() => Get([id], parts, nameof(id)).SingleOrDefault(), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<long> CountAsync(MetadataFilter? filter = null, CancellationToken cancellationToken = default) => Run(
        () =>
        {
            using RecordReading reading = _table.Read();
            return filter is null ? reading.Count : reading.CountOf(filter);
        },
        cancellationToken);

    /// <inheritdoc/>
    /// <remarks><c>ln((n - df + 0.5) / (df + 0.5) + 1)</c>, whether or not searches multiply by it.</remarks>
    public Task<IReadOnlyList<float>> GetIdfAsync(string vector, IReadOnlyList<int> positions, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vector);
        ArgumentNullException.ThrowIfNull(positions);
        return Run<IReadOnlyList<float>>(
            () =>
            {
                int column = _columns.IndexOf(vector, VectorKind.Sparse);
                using RecordReading reading = _table.Read();
                return column >= 0
                    ? reading.IdfOf(column, positions)
                    : throw new ArgumentException($"Found '{vector}', expected the name of a sparse vector of the store: {Schema}.", nameof(vector));
            },
            cancellationToken);
    }

    /// <summary>Makes one segment of all records, so that searches are as fast as they can be. Others read and write meanwhile.</summary>
    /// <remarks>Worth it after a large import; small writes are merged as they come.</remarks>
    /// <param name="cancellationToken">Ends the work early; what can be found is the same.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Task ForceMergeAsync(CancellationToken cancellationToken = default) => _table.Rows.ForceMergeAsync(cancellationToken);

    /// <summary>Waits until nothing is left to merge.</summary>
    internal Task WhenMergedAsync() => _table.Rows.WhenMergedAsync();

    private List<HybridRecord> Get(string[] ids, HybridRecordParts parts, string parameter)
    {
        int missing = Array.IndexOf(ids, null);
        if (missing >= 0)
        {
            throw new ArgumentException($"The id at position {missing} is null.", parameter);
        }

        using RecordReading reading = _table.Read();
        var records = new List<HybridRecord>(ids.Length);
        foreach (string id in ids)
        {
            if (reading.Get(id) is StoredRecord stored)
            {
                records.Add(_columns.Read(id, stored, parts));
            }
        }

        return records;
    }

    // Done on the calling thread; what goes wrong comes with the task all the same, as callers of asynchronous stores expect.
    private static Task<T> Run<T>(Func<T> work, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Task.FromResult(work());
        }
        catch (OperationCanceledException e) when (e.CancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(e.CancellationToken);
        }
        catch (Exception e)
        {
            return Task.FromException<T>(e);
        }
    }
}
