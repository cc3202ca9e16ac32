namespace Splade.AI.Postgres;

/// <summary>Specifies how a search in an HNSW index goes on where what it found does not pass the filter: pgvector's <c>hnsw.iterative_scan</c>.</summary>
public enum PostgresIterativeScan
{
    /// <summary>It does not: a filter may leave too few hits, or none, without an error.</summary>
    Off,

    /// <summary>It goes on, and returns what it finds by distance. The default.</summary>
    StrictOrder,

    /// <summary>It goes on, and what it finds may be slightly out of order: more is found.</summary>
    RelaxedOrder,
}
