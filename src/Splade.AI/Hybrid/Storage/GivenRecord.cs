using Splade.AI.Search;

namespace Splade.AI.Hybrid.Storage;

/// <summary>A record as it was put in: its own copy of what the caller could still change, ready to compare.</summary>
internal sealed class GivenRecord : StoredRecord
{
    /// <exception cref="ArgumentException">The dense vector cannot be searched, or there is metadata without a value.</exception>
    public GivenRecord(HybridRecord record, DenseSimilarity similarity, string parameter)
    {
        Text = record.Text;
        Sparse = record.Sparse;
        Dense = DenseVector.Create(record.Dense.Span, similarity, parameter);
        var metadata = new Dictionary<string, MetadataValue>(record.Metadata, StringComparer.Ordinal);
        Metadata = RecordMetadata.Check(metadata, parameter) is { Count: 0 } nothing ? nothing : metadata.AsReadOnly();
    }

    /// <summary>A record as it was written before.</summary>
    public GivenRecord(string text, IReadOnlyDictionary<string, MetadataValue> metadata, SparseVector sparse, DenseVector dense)
    {
        Text = text;
        Metadata = metadata;
        Sparse = sparse;
        Dense = dense;
    }

    public override string Text { get; }

    public override IReadOnlyDictionary<string, MetadataValue> Metadata { get; }

    public override SparseVector Sparse { get; }

    public override DenseVector Dense { get; }
}
