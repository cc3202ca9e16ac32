using Splade.AI.Search;

namespace Splade.AI.Hybrid;

/// <summary>A record as the embedded store holds it: its own copy of what the caller could still change, ready to compare.</summary>
internal sealed class StoredRecord
{
    /// <exception cref="ArgumentException">The dense vector cannot be searched.</exception>
    public StoredRecord(HybridRecord record, DenseSimilarity similarity, string parameter)
    {
        Dense = DenseVector.Create(record.Dense.Span, similarity, parameter);
        var metadata = new Dictionary<string, MetadataValue>(record.Metadata, StringComparer.Ordinal);
        Record = new HybridRecord(record.Id, record.Text, record.Sparse, Dense.Values, metadata.AsReadOnly());
    }

    public HybridRecord Record { get; }

    public DenseVector Dense { get; }

    /// <exception cref="ArgumentException">The vectors of this record cannot be compared with those of the other.</exception>
    public void RequireSameSpace(StoredRecord other, string parameter)
    {
        DimensionGuard.RequireEqual(Record.Sparse.Dimensions, other.Record.Sparse.Dimensions, parameter);
        DimensionGuard.RequireEqual(Dense.Dimensions, other.Dense.Dimensions, parameter);
    }
}
