using Splade.AI.Search;
using Splade.AI.Search.Dense;
using Splade.AI.Search.Segments;
using Splade.AI.Search.Sparse;
using Splade.AI.Search.Storage;

namespace Splade.AI.Hybrid.Storage;

/// <summary>Segments of records, and where these have their vectors.</summary>
/// <remarks>A table compares the dimensions of the sparse vectors; those of the dense ones are the store's to compare.</remarks>
/// <param name="similarity">How the dense vectors are compared.</param>
internal sealed class RecordSegments(DenseSimilarity similarity) : ISegmentKind<StoredRecord>
{
    public static VectorAccess<StoredRecord, SparseVector, SparseSegment> SparseVectors { get; } =
        new(static record => record.Sparse, static segment => ((RecordSegment)segment).Sparse);

    public static VectorAccess<StoredRecord, DenseVector, DenseSegment> DenseVectors { get; } =
        new(static record => record.Dense, static segment => ((RecordSegment)segment).Dense);

    public string Name { get; } = $"records {similarity}";

    public ICodec<StoredRecord> Codec { get; } = new RecordCodec();

    public int DimensionsOf(StoredRecord vector) => vector.Sparse.Dimensions;

    public IndexSegment<StoredRecord> Build(IReadOnlyList<StoredRecord> vectors, int threads, CancellationToken cancellationToken)
    {
        SparseSegment? sparse = null;
        DenseSegment? dense = null;
        try
        {
            var sparseVectors = new Projection<SparseVector>(vectors, static record => record.Sparse);
            sparse = SegmentBuilder.Build(sparseVectors, vectors[0].Sparse.Dimensions, threads, cancellationToken);
            dense = DenseSegment.Build(new Projection<DenseVector>(vectors, static record => record.Dense), threads, cancellationToken);
            return new RecordSegment(sparse, dense, ContentBuilder.Build(vectors, cancellationToken));
        }
        catch
        {
            sparse?.Dispose();
            dense?.Dispose();
            throw;
        }
    }

    public IndexSegment<StoredRecord> Open(IReadOnlyList<SegmentMemory> sections) =>
        new RecordSegment(SparseSegment.Open(sections[0]), DenseSegment.Open(sections[1]), ContentSegment.Open(sections[2]));
}
