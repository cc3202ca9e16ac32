using Npgsql;
using Splade.AI.Hybrid;

namespace Splade.AI.Postgres;

/// <summary>Provides the options of a <see cref="PostgresHybridStore"/>, which copies them when it is made.</summary>
public sealed class PostgresHybridStoreOptions
{
    /// <summary>
    /// Gets or sets where the server is, in Npgsql's words, such as <c>Host=localhost;Database=texts;Username=me;Password=..</c>. No message has it.
    /// </summary>
    /// <value>The default is null, with which there has to be a <see cref="DataSource"/>.</value>
    public string? ConnectionString { get; set; }

    /// <summary>
    /// Gets or sets the source of connections instead of <see cref="ConnectionString"/>, made with <c>UseVector()</c>. The store does not dispose of it.
    /// </summary>
    /// <value>The default is null: the store makes its own, and its own pool.</value>
    public NpgsqlDataSource? DataSource { get; set; }

    /// <summary>
    /// Gets or sets the vectors of the records, each with its dimensions, and the only models whose vectors the store takes, if it says some.
    /// </summary>
    /// <value>The default is null, with which no store can be opened. <see cref="HybridSchema.Of"/> makes one of the legs of a retriever.</value>
    public HybridSchema? Schema { get; set; }

    /// <summary>Gets or sets the name of PostgreSQL's schema that the table is in; it is created if it is not there.</summary>
    /// <value>The default is <c>public</c>. At most 63 bytes of UTF-8, quoted wherever it stands.</value>
    /// <exception cref="ArgumentException">The name is empty, too long or holds U+0000.</exception>
    public string SchemaName
    {
        get;
        set => field = SqlNames.Require(value, SqlNames.Longest, nameof(SchemaName));
    } = "public";

    /// <summary>Gets or sets the name of the table, one for each store.</summary>
    /// <value>The default is <c>splade_records</c>. At most 50 bytes of UTF-8, quoted wherever it stands.</value>
    /// <exception cref="ArgumentException">The name is empty, too long or holds U+0000.</exception>
    public string TableName
    {
        get;
        set => field = SqlNames.Require(value, SqlNames.LongestTable, nameof(TableName));
    } = "splade_records";

    /// <summary>
    /// Gets or sets the names of the vectors that have an HNSW index: searches by them are quick and approximate, and a sparse vector there has at most
    /// 1,000 entries. All others are searched exactly, by a scan of what the filter leaves. An index that is missing is built when the store is opened.
    /// </summary>
    /// <value>The default is none.</value>
    /// <exception cref="ArgumentException">A name is null.</exception>
    public IReadOnlyList<string> HnswVectors
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value, nameof(HnswVectors));
            field = value.Contains(null!) ? throw new ArgumentException("A name is null.", nameof(HnswVectors)) : [.. value];
        }
    } = [];

    /// <summary>Gets or sets how many neighbours a node of a new HNSW index has (<c>m</c>).</summary>
    /// <value>From 2 to 100. The default is pgvector's, 16.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is outside of its range.</exception>
    public int HnswM
    {
        get;
        set => field = InRange(value, 2, 100, nameof(HnswM));
    } = 16;

    /// <summary>
    /// Gets or sets how many candidates the building of a new HNSW index looks at for each node (<c>ef_construction</c>), at least twice <see cref="HnswM"/>.
    /// </summary>
    /// <value>From 4 to 1,000. The default is pgvector's, 64.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is outside of its range.</exception>
    public int HnswEfConstruction
    {
        get;
        set => field = InRange(value, 4, 1000, nameof(HnswEfConstruction));
    } = 64;

    /// <summary>Gets or sets how many candidates a search in an HNSW index looks at (<c>hnsw.ef_search</c>); as many as it returns, if that is more.</summary>
    /// <value>From 1 to 1,000. The default is 100; pgvector's own is 40.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is outside of its range.</exception>
    public int EfSearch
    {
        get;
        set => field = InRange(value, 1, PostgresLimits.MaxEfSearch, nameof(EfSearch));
    } = 100;

    /// <summary>Gets or sets how a search in an HNSW index goes on where a filter leaves too few (<c>hnsw.iterative_scan</c>).</summary>
    /// <value>The default is <see cref="PostgresIterativeScan.StrictOrder"/>; pgvector's own is off.</value>
    public PostgresIterativeScan IterativeScan { get; set; } = PostgresIterativeScan.StrictOrder;

    /// <summary>Gets or sets after how many rows such a search stops (<c>hnsw.max_scan_tuples</c>).</summary>
    /// <value>At least 1. The default is pgvector's, 20,000.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int MaxScanTuples
    {
        get;
        set => field = InRange(value, 1, int.MaxValue, nameof(MaxScanTuples));
    } = 20_000;

    /// <summary>
    /// Gets or sets a value indicating whether dense vectors are kept in half precision (<c>halfvec</c>): half the space, 11 bits of each number, and up to
    /// 4,000 instead of 2,000 dimensions in an HNSW index. A table stays what it was created with.
    /// </summary>
    /// <value>The default is false.</value>
    public bool HalfPrecision { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether sparse vectors with more entries than their column takes keep the heaviest only, and are counted in
    /// <see cref="PostgresHybridStore.PrunedVectors"/>.
    /// </summary>
    /// <value>The default is false: they are refused.</value>
    public bool PruneOversized { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether the database fuses the legs of a search: only the hits come over the network, and they do not say why they
    /// have their places. Other fusions than <see cref="FusionMethod.ReciprocalRank"/> are refused then.
    /// </summary>
    /// <value>The default is false: candidates are fused here, with the exact scores of all legs.</value>
    public bool FuseInDatabase { get; set; }

    /// <summary>Gets or sets whose records these are, of several in one table. The store sees no others.</summary>
    /// <value>The default is null: the table has no column of tenants. At most 200 bytes of UTF-8.</value>
    /// <exception cref="ArgumentException">It is empty, too long or holds U+0000 or half a character.</exception>
    public string? Tenant
    {
        get;
        set => field = value is null ? null : SqlNames.Require(value, PostgresLimits.MaxTenantBytes, nameof(Tenant));
    }

    /// <summary>Gets or sets into how many partitions a new table is divided, by the hash of the tenant, or of the id if there are no tenants.</summary>
    /// <value>From 0 to 1,024. The default is 0: none.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is outside of its range.</exception>
    public int Partitions
    {
        get;
        set => field = InRange(value, 0, 1024, nameof(Partitions));
    }

    /// <summary>
    /// Gets or sets a value indicating whether a new table is distributed over the nodes of Citus, by the tenant, or by the id if there are no tenants.
    /// </summary>
    /// <value>The default is false. The database needs the extension <c>citus</c>.</value>
    public bool IsDistributed { get; set; }

    /// <summary>Gets or sets how many records at most are put in by one transaction.</summary>
    /// <value>At least 1. The default is 1,000.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int BatchSize
    {
        get;
        set => field = InRange(value, 1, int.MaxValue, nameof(BatchSize));
    } = 1000;

    /// <summary>Gets or sets how many bytes of records, about, are put in by one transaction. A record that is larger has one of its own.</summary>
    /// <value>At least 1. The default is 8,000,000.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int MaxBatchBytes
    {
        get;
        set => field = InRange(value, 1, int.MaxValue, nameof(MaxBatchBytes));
    } = 8_000_000;

    /// <summary>Gets or sets how often a call that failed for a passing reason is repeated: a deadlock, a restart, a lost connection, an empty pool.</summary>
    /// <value>From 0 to 20. The default is 4.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is outside of its range.</exception>
    public int Retries
    {
        get;
        set => field = InRange(value, 0, 20, nameof(Retries));
    } = 4;

    /// <summary>Gets or sets the wait before the first of them; each next one is about twice as long.</summary>
    /// <value>From 0 to one minute. The default is 200 milliseconds.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is outside of its range.</exception>
    public TimeSpan RetryDelay
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero, nameof(RetryDelay));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromMinutes(1), nameof(RetryDelay));
            field = value;
        }
    } = TimeSpan.FromMilliseconds(200);

    /// <summary>Creates a copy of these options.</summary>
    /// <returns>The copy, independent of this instance.</returns>
    public PostgresHybridStoreOptions Clone() => (PostgresHybridStoreOptions)MemberwiseClone();

    private static int InRange(int value, int lowest, int highest, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, lowest, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, highest, name);
        return value;
    }
}
