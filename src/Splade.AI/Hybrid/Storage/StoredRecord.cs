using Splade.AI.Search;

namespace Splade.AI.Hybrid.Storage;

/// <summary>A record as a table holds it, without its id: text, metadata, and the vectors of its columns. Immutable.</summary>
internal abstract class StoredRecord
{
    public abstract string Text { get; }

    public abstract IReadOnlyDictionary<string, MetadataValue> Metadata { get; }

    /// <summary>The sparse vector of a store's record, which has one.</summary>
    public SparseVector Sparse => SparseAt(0);

    /// <summary>The dense vector of a store's record, which has one.</summary>
    public DenseVector Dense => DenseAt(0);

    /// <summary>The sparse vector in a column.</summary>
    public abstract SparseVector SparseAt(int column);

    /// <summary>The dense vector in a column.</summary>
    public abstract DenseVector DenseAt(int column);

    public HybridRecord ToRecord(string id) => new(id, Text, Sparse, Dense.Values, Metadata);
}
