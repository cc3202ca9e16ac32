using Splade.AI.Search;

namespace Splade.AI.Hybrid.Storage;

/// <summary>A record in a segment: each part of it is read when it is asked for.</summary>
/// <param name="segment">The segment.</param>
/// <param name="row">The record's row.</param>
internal sealed class SegmentRecord(RecordSegment segment, int row) : StoredRecord
{
    public override string Text => segment.Contents.Text(row);

    public override IReadOnlyDictionary<string, MetadataValue> Metadata => segment.Contents.Metadata(row);

    internal override SparseVector SparseAt(int column) => segment.Sparse[column].Vector(row);

    internal override DenseVector DenseAt(int column) => segment.Dense[column].Vector(row);
}
