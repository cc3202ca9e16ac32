using Splade.AI.Search.Dense;
using Splade.AI.Search.Segments;
using Splade.AI.Search.Sparse;
using Splade.AI.Search.Storage;

namespace Splade.AI.Hybrid.Storage;

/// <summary>Records row by row: their sparse vectors, their dense vectors, and their contents, each in memory of its own.</summary>
/// <param name="sparse">The sparse vectors.</param>
/// <param name="dense">The dense vectors.</param>
/// <param name="contents">Texts and metadata.</param>
internal sealed class RecordSegment(SparseSegment sparse, DenseSegment dense, ContentSegment contents) : IndexSegment<StoredRecord>
{
    public SparseSegment Sparse { get; } = sparse;

    public DenseSegment Dense { get; } = dense;

    public ContentSegment Contents { get; } = contents;

    /// <inheritdoc/>
    public override int Rows => Sparse.Rows;

    /// <summary>Those of the sparse vectors.</summary>
    public override int Dimensions => Sparse.Dimensions;

    /// <inheritdoc/>
    public override IReadOnlyList<SegmentMemory> Sections => [.. Sparse.Sections, .. Dense.Sections, Contents.Memory];

    /// <inheritdoc/>
    public override StoredRecord Vector(int row) => new SegmentRecord(this, row);

    /// <inheritdoc/>
    public override void Dispose()
    {
        Sparse.Dispose();
        Dense.Dispose();
        Contents.Dispose();
    }
}
