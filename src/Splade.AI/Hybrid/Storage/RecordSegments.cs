using Splade.AI.Search;
using Splade.AI.Search.Dense;
using Splade.AI.Search.Segments;
using Splade.AI.Search.Sparse;

namespace Splade.AI.Hybrid.Storage;

/// <summary>Segments of records, and where these have their vectors.</summary>
/// <remarks>A table compares the dimensions of the sparse vectors; those of the dense ones are the store's to compare.</remarks>
internal sealed class RecordSegments : ISegmentKind<StoredRecord>
{
    public static VectorAccess<StoredRecord, SparseVector, SparseSegment> SparseVectors { get; } =
        new(static record => record.Sparse, static segment => ((RecordSegment)segment).Sparse);

    public static VectorAccess<StoredRecord, DenseVector, DenseSegment> DenseVectors { get; } =
        new(static record => record.Dense, static segment => ((RecordSegment)segment).Dense);

    public int DimensionsOf(StoredRecord vector) => vector.Sparse.Dimensions;

    public IndexSegment<StoredRecord> Build(IReadOnlyList<StoredRecord> vectors, CancellationToken cancellationToken)
    {
        SparseSegment? sparse = null;
        DenseSegment? dense = null;
        try
        {
            var sparseVectors = new Projection<SparseVector>(vectors, static record => record.Sparse);
            sparse = SegmentBuilder.Build(sparseVectors, vectors[0].Sparse.Dimensions, cancellationToken);
            dense = new DenseSegment(new Projection<DenseVector>(vectors, static record => record.Dense), cancellationToken);
            return new RecordSegment(sparse, dense, ContentBuilder.Build(vectors, cancellationToken));
        }
        catch
        {
            sparse?.Dispose();
            dense?.Dispose();
            throw;
        }
    }
}
