using Splade.AI.Search.Segments;

namespace Splade.AI.Search.Sparse;

/// <summary>Segments of sparse vectors.</summary>
internal sealed class SparseSegments : ISegmentKind<SparseVector>
{
    public int DimensionsOf(SparseVector vector) => vector.Dimensions;

    public IndexSegment<SparseVector> Build(IReadOnlyList<SparseVector> vectors, CancellationToken cancellationToken) =>
        SegmentBuilder.Build(vectors, vectors[0].Dimensions, cancellationToken);
}
