using Splade.AI.Search.Dense;
using Splade.AI.Search.Segments;
using Splade.AI.Search.Sparse;
using Splade.AI.Search.Storage;

namespace Splade.AI.Hybrid.Storage;

/// <summary>Records row by row: the vectors of each column, and their contents, each in memory of its own.</summary>
/// <param name="sparse">The sparse vectors, by column.</param>
/// <param name="dense">The dense vectors, by column.</param>
/// <param name="contents">Texts and metadata.</param>
internal sealed class RecordSegment(SparseSegment[] sparse, DenseSegment[] dense, ContentSegment contents) : IndexSegment<StoredRecord>
{
    public SparseSegment[] Sparse { get; } = sparse;

    public DenseSegment[] Dense { get; } = dense;

    public ContentSegment Contents { get; } = contents;

    /// <inheritdoc/>
    public override int Rows => Contents.Rows;

    /// <summary>That of the fullest part.</summary>
    public override double Fill => Sparse.Select(segment => segment.Fill).Append(Contents.Fill).Append(base.Fill).Max();

    /// <summary>Those of the first sparse vectors; 0 if there are none.</summary>
    public override int Dimensions => Sparse.Length == 0 ? 0 : Sparse[0].Dimensions;

    /// <inheritdoc/>
    public override IReadOnlyList<SegmentMemory> Sections =>
        [.. Sparse.SelectMany(segment => segment.Sections), .. Dense.SelectMany(segment => segment.Sections), Contents.Memory];

    /// <inheritdoc/>
    public override StoredRecord Vector(int row) => new SegmentRecord(this, row);

    /// <inheritdoc/>
    public override void Dispose()
    {
        Array.ForEach(Sparse, segment => segment.Dispose());
        Array.ForEach(Dense, segment => segment.Dispose());
        Contents.Dispose();
    }
}
