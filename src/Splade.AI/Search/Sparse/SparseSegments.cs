using Splade.AI.Search.Segments;
using Splade.AI.Search.Storage;

namespace Splade.AI.Search.Sparse;

/// <summary>Segments of sparse vectors.</summary>
internal sealed class SparseSegments : ISegmentKind<SparseVector>
{
    /// <summary>For searches of values that are vectors, and nothing else.</summary>
    public static VectorAccess<SparseVector, SparseVector, SparseSegment> Vectors { get; } = new(static vector => vector, static segment => (SparseSegment)segment);

    public string Name => "sparse";

    public ICodec<SparseVector> Codec { get; } = new SparseVectorCodec();

    public int DimensionsOf(SparseVector vector) => vector.Dimensions;

    public IndexSegment<SparseVector> Build(
        IReadOnlyList<SparseVector> vectors, Func<long, SegmentMemory> room, int threads, CancellationToken cancellationToken) =>
        SegmentBuilder.Build(vectors, vectors[0].Dimensions, threads, room, cancellationToken);

    public IndexSegment<SparseVector> Open(IReadOnlyList<SegmentMemory> sections) => SparseSegment.Open(sections[0]);
}
