using Splade.AI.Hybrid;
using Splade.AI.Postgres.Connections;
using Splade.AI.Postgres.Filters;
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

    /// <summary>
    /// Gets how many sparse vectors this store has pruned since it was made, as <see cref="PostgresHybridStoreOptions.PruneOversized"/> asks for.
    /// </summary>
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
        (HybridModels? stored, bool isEmpty) = await _server.RunAsync(
            (connection, token) => TableModels.ReadAsync(table, connection, token), cancellationToken).ConfigureAwait(false);
        return isEmpty || stored is null ? Schema.Models : stored;
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

    private async Task<object?> ScalarAsync(SqlStatement statement, CancellationToken cancellationToken) =>
        (await _server.RunAsync(statement.ReadRowAsync, cancellationToken).ConfigureAwait(false))?[0];
}
