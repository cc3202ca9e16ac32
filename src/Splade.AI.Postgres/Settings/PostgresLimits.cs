namespace Splade.AI.Postgres;

/// <summary>What PostgreSQL and pgvector take at most.</summary>
internal static class PostgresLimits
{
    /// <summary>Entries of a sparse vector in an HNSW index: what fits a page of 8 KB.</summary>
    public const int HnswSparseEntries = SparseVector.PgVectorHnswMaxCount;

    /// <summary>Entries of a sparse vector.</summary>
    public const int SparseEntries = SparseVector.PgVectorMaxCount;

    /// <summary>Dimensions of a <c>sparsevec</c>. Vectors of more stand in several columns.</summary>
    public const int SparseDimensions = 1_000_000_000;

    /// <summary>Dimensions of a <c>vector</c> and of a <c>halfvec</c>.</summary>
    public const int DenseDimensions = 16_000;

    /// <summary>Dimensions of a <c>vector</c> in an HNSW index.</summary>
    public const int HnswDimensions = 2000;

    /// <summary>Dimensions of a <c>halfvec</c> in an HNSW index.</summary>
    public const int HnswHalfDimensions = 4000;

    public const int MaxEfSearch = 1000;

    /// <summary>A row of the primary key has to fit a third of a page.</summary>
    public const int MaxIdBytes = 2000;

    public const int MaxTenantBytes = 200;
}
