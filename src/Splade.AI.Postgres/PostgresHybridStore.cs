using System.Runtime.CompilerServices;
using Npgsql;
using NpgsqlTypes;
using Splade.AI.Hybrid;
using Splade.AI.Postgres.Connections;
using Splade.AI.Postgres.Filters;
using Splade.AI.Postgres.Records;
using Splade.AI.Postgres.Searching;
using Splade.AI.Postgres.Sql;
using Splade.AI.Postgres.Tables;

namespace Splade.AI.Postgres;

/// <summary>A store in a table of PostgreSQL with pgvector 0.8 or later: any number of processes and machines may share it.</summary>
/// <remarks>
/// <para>
/// Safe for concurrent use. Searches are exact, and ranked and explained as those of <see cref="EmbeddedHybridStore"/>, but for the vectors that have an HNSW
/// index (<see cref="PostgresHybridStoreOptions.HnswVectors"/>). A search reads one snapshot, a listing too. Records are put in by batches, each in one
/// transaction: readers see all of a batch or none.
/// </para>
/// <para>
/// What fails for a passing reason, such as a deadlock or a restart of the server, is done again; a <see cref="HybridStoreException"/> says what failed for
/// good. A deletion whose answer was lost is done again too, and then counts what is left. Texts with U+0000 or half of a surrogate pair are refused with the
/// record's id: PostgreSQL has none.
/// </para>
/// </remarks>
public sealed partial class PostgresHybridStore : IHybridStore, IDisposable
{
    private readonly PostgresHybridStoreOptions _options;
    private readonly PostgresServer _server;
    private readonly SemaphoreSlim _opening = new(1);
    private volatile StoreTable? _table;
    private volatile bool _isDisposed;
    private long _pruned;

    /// <exception cref="ArgumentException">The options say too little, or what PostgreSQL does not take.</exception>
    internal PostgresHybridStore(PostgresHybridStoreOptions options)
    {
        _options = options.Clone();
        OptionsCheck.Require(_options, nameof(options));
        _server = new PostgresServer(_options);
        bool keepsBits = !_options.HalfPrecision || Schema.Vectors.All(vector => vector.Kind == VectorKind.Sparse);
        bool hasSparse = Schema.Vectors.Any(vector => vector.Kind == VectorKind.Sparse);
        Features = new HybridStoreFeatures
        {
            ExactSparse = !HasHnsw(VectorKind.Sparse),
            ExactDense = !HasHnsw(VectorKind.Dense),
            AtomicUpserts = false,
            KeepsVectorBits = keepsBits && !_options.PruneOversized,
            MaxSparseCount = _options.PruneOversized || !hasSparse ? null
                : HasHnsw(VectorKind.Sparse) ? PostgresLimits.HnswSparseEntries : PostgresLimits.SparseEntries,
        };
    }

    /// <inheritdoc/>
    public HybridSchema Schema => _options.Schema!;

    /// <inheritdoc/>
    public HybridStoreFeatures Features { get; }

    /// <summary>Gets how many sparse vectors this store has pruned since it was made, as <see cref="PostgresHybridStoreOptions.PruneOversized"/> asks for.</summary>
    public long PrunedVectors => Interlocked.Read(ref _pruned);

    /// <summary>Opens the store in a table, or creates what is missing: the extension, the schema, the table, its indexes.</summary>
    /// <param name="options">Where the server is, and what the store has. They are copied.</param>
    /// <param name="cancellationToken">Ends the opening early.</param>
    /// <returns>The store. Dispose of it.</returns>
    /// <exception cref="ArgumentException">The options say too little, or what PostgreSQL does not take.</exception>
    /// <exception cref="HybridStoreException">
    /// The server cannot be reached or refuses, or the table has other vectors, those of other models, another format, or is none of a store. The message
    /// says which.
    /// </exception>
    public static async Task<PostgresHybridStore> OpenAsync(PostgresHybridStoreOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var store = new PostgresHybridStore(options);
        try
        {
            await store.OpenTableAsync(cancellationToken).ConfigureAwait(false);
            return store;
        }
        catch
        {
            await store.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<HybridHit>> SearchAsync(HybridQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        StoreTable table = await OpenTableAsync(cancellationToken).ConfigureAwait(false);
        var search = new TableSearch(table, query, nameof(query));
        return await _server.RunAsync(search.RunAsync, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<HybridRecord?> GetAsync(string id, HybridRecordParts parts = HybridRecordParts.All, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        return (await GetAsync([id], parts, cancellationToken).ConfigureAwait(false)).SingleOrDefault();
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<HybridRecord>> GetAsync(
        IEnumerable<string> ids, HybridRecordParts parts = HybridRecordParts.All, CancellationToken cancellationToken = default)
    {
        string[] known = RequireIds(ids, nameof(ids));
        StoreTable table = await OpenTableAsync(cancellationToken).ConfigureAwait(false);
        var statement = new SqlStatement();
        string asked = statement.Value(known, NpgsqlDbType.Array | NpgsqlDbType.Text);
        statement.Text = $"select {table.Columns("t", parts)} from unnest({asked}) with ordinality asked(id, ord) "
            + $"join {table.Name} t on {table.Where(statement, "t", $"t.{StoreTable.Id} = asked.id")} order by asked.ord";
        return known.Length == 0 ? [] : await _server.RunAsync<IReadOnlyList<HybridRecord>>(
            async (connection, token) =>
            {
                var records = new List<HybridRecord>(known.Length);
                NpgsqlCommand command = statement.ToCommand(connection);
                await using (command.ConfigureAwait(false))
                {
                    NpgsqlDataReader reader = await command.ExecuteReaderAsync(token).ConfigureAwait(false);
                    await using (reader.ConfigureAwait(false))
                    {
                        while (await reader.ReadAsync(token).ConfigureAwait(false))
                        {
                            records.Add(RecordReader.Read(reader, table, parts));
                        }
                    }
                }

                return records;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// The rows come one after the other, and hold a connection until the enumeration ends. Texts are sorted, and bounds compared, by code points: other than
    /// by .NET's ordinal only between U+E000 and U+FFFF on one side and the characters beyond on the other.
    /// </remarks>
    public async IAsyncEnumerable<HybridRecord> ListAsync(
        HybridListOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        options = options?.Clone() ?? new HybridListOptions();
        if (options.After is not null && options.Sort.Count > 0)
        {
            throw new NotSupportedException(
                $"Found {nameof(options.After)} with {nameof(options.Sort)}, expected one of them: a place after a record is one in the order of insertion.");
        }

        StoreTable table = await OpenTableAsync(cancellationToken).ConfigureAwait(false);
        long? after = options.After is null ? null : await ReadPlaceAsync(table, options.After, cancellationToken).ConfigureAwait(false);
        var statement = new SqlStatement();
        string place = after is null ? "true" : $"t.{StoreTable.Order} > {statement.Value(after, NpgsqlDbType.Bigint)}";
        string where = table.Where(statement, "t", [place, .. FilterSql.Conditions(options.Filter, statement, "t")]);
        string order = SortSql.Of(options.Sort, statement, "t");
        statement.Text = $"select {table.Columns("t", options.Parts)} from {table.Name} t where {where} order by {order} "
            + $"limit {statement.Value((long?)options.Top, NpgsqlDbType.Bigint)} offset {statement.Value((long)options.Skip, NpgsqlDbType.Bigint)}";
        NpgsqlDataReader reader = await _server.ReadAsync(statement.ToCommand, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            while (await PostgresServer.NextAsync(reader, cancellationToken).ConfigureAwait(false))
            {
                yield return RecordReader.Read(reader, table, options.Parts);
            }
        }
    }

    /// <inheritdoc/>
    public async Task<long> CountAsync(MetadataFilter? filter = null, CancellationToken cancellationToken = default)
    {
        StoreTable table = await OpenTableAsync(cancellationToken).ConfigureAwait(false);
        var statement = new SqlStatement();
        statement.Text = $"select count(*) from {table.Name} t where {table.Where(statement, "t", FilterSql.Conditions(filter, statement, "t"))}";
        return (long)(await ScalarAsync(statement, cancellationToken).ConfigureAwait(false))!;
    }

    /// <inheritdoc/>
    /// <remarks><c>ln((n - df + 0.5) / (df + 0.5) + 1)</c>, counted by a scan of the vectors.</remarks>
    public async Task<IReadOnlyList<float>> GetIdfAsync(string vector, IReadOnlyList<int> positions, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vector);
        ArgumentNullException.ThrowIfNull(positions);
        if (Schema.Find(vector) is not { Kind: VectorKind.Sparse, Dimensions: int dimensions })
        {
            throw new ArgumentException($"Found '{vector}', expected the name of a sparse vector of the store: {Schema}.", nameof(vector));
        }

        int[] asked = [.. positions];
        foreach (int position in asked)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(position, nameof(positions));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(position, dimensions, nameof(positions));
        }

        StoreTable table = await OpenTableAsync(cancellationToken).ConfigureAwait(false);
        double[] factors = await _server.RunAsync(
            (connection, token) => Idf.CountAsync(asked, table.Find(vector), table, connection, token), cancellationToken).ConfigureAwait(false);
        return Array.ConvertAll(factors, factor => (float)factor);
    }

    /// <inheritdoc/>
    public async Task<HybridModels> GetModelsAsync(CancellationToken cancellationToken = default)
    {
        StoreTable table = await OpenTableAsync(cancellationToken).ConfigureAwait(false);
        return await _server.RunAsync(
            async (connection, token) =>
            {
                NpgsqlCommand command = TableModels.Read(table).ToCommand(connection);
                await using (command.ConfigureAwait(false))
                {
                    NpgsqlDataReader reader = await command.ExecuteReaderAsync(token).ConfigureAwait(false);
                    await using (reader.ConfigureAwait(false))
                    {
                        (HybridModels? stored, bool isEmpty) = await TableModels.ReadAsync(table, reader, token).ConfigureAwait(false);
                        return isEmpty || stored is null ? Schema.Models : stored;
                    }
                }
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Closes the connections of the store, if they are its own. All calls after this one throw.</summary>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _server.Dispose();
            _opening.Dispose();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            await _server.DisposeAsync().ConfigureAwait(false);
            _opening.Dispose();
        }
    }

    /// <summary>The table, opened if it is not yet: a store of a container is at its first call.</summary>
    private async Task<StoreTable> OpenTableAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        if (_table is { } opened)
        {
            return opened;
        }

        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _table ??= await _server.RunAsync(
                (connection, token) => TableOpening.OpenAsync(_options, connection, token), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _opening.Release();
        }
    }

    private bool HasHnsw(VectorKind kind) => Schema.Vectors.Any(vector => vector.Kind == kind && _options.HnswVectors.Contains(vector.Name));

    private async Task<long> ReadPlaceAsync(StoreTable table, string id, CancellationToken cancellationToken)
    {
        object? place = null;
        if (PostgresText.IsKept(id))
        {
            var find = new SqlStatement();
            find.Text = $"select t.{StoreTable.Order} from {table.Name} t where {table.Where(find, "t", $"t.{StoreTable.Id} = {find.OfText(id)}")}";
            place = await ScalarAsync(find, cancellationToken).ConfigureAwait(false);
        }

        return (long?)place ?? throw new ArgumentException($"Found no record '{id}' to begin after, expected one that is there. It was taken out: begin anew.", nameof(id));
    }

    private Task<object?> ScalarAsync(SqlStatement statement, CancellationToken cancellationToken) => _server.RunAsync(
        async (connection, token) =>
        {
            NpgsqlCommand command = statement.ToCommand(connection);
            await using (command.ConfigureAwait(false))
            {
                return await command.ExecuteScalarAsync(token).ConfigureAwait(false);
            }
        },
        cancellationToken);

    /// <summary>The ids that a record may have; of others there is none.</summary>
    private static string[] RequireIds(IEnumerable<string> ids, string parameter)
    {
        ArgumentNullException.ThrowIfNull(ids, parameter);
        string[] all = [.. ids];
        return Array.IndexOf(all, null) is int missing and >= 0
            ? throw new ArgumentException($"The id at position {missing} is null.", parameter) : Array.FindAll(all, PostgresText.IsKept);
    }
}
