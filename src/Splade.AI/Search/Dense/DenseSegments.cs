using Splade.AI.Search.Segments;

namespace Splade.AI.Search.Dense;

/// <summary>Segments of dense vectors.</summary>
internal sealed class DenseSegments : ISegmentKind<DenseVector>
{
    public int DimensionsOf(DenseVector vector) => vector.Dimensions;

    public IndexSegment<DenseVector> Build(IReadOnlyList<DenseVector> vectors, CancellationToken cancellationToken) =>
        new DenseSegment(vectors, cancellationToken);
}
