using Splade.AI.Search;

namespace Splade.AI.Hybrid.Storage;

/// <summary>A record as the embedded store holds it, without its id. Immutable.</summary>
internal abstract class StoredRecord
{
    public abstract string Text { get; }

    public abstract IReadOnlyDictionary<string, MetadataValue> Metadata { get; }

    public abstract SparseVector Sparse { get; }

    public abstract DenseVector Dense { get; }

    public HybridRecord ToRecord(string id) => new(id, Text, Sparse, Dense.Values, Metadata);
}
