using Splade.AI.Search.Segments;
using Splade.AI.Search.Storage;

namespace Splade.AI.Search.Dense;

/// <summary>Segments of dense vectors.</summary>
/// <param name="similarity">How the vectors are compared.</param>
internal sealed class DenseSegments(SimilarityFunction similarity) : ISegmentKind<DenseVector>
{
    /// <summary>For searches of values that are vectors, and nothing else.</summary>
    public static VectorAccess<DenseVector, DenseVector, DenseSegment> Vectors { get; } = new(static vector => vector, static segment => (DenseSegment)segment);

    public string Name { get; } = $"dense {DenseSimilarity.NameInFiles(similarity)}";

    public ICodec<DenseVector> Codec { get; } = new DenseVectorCodec();

    public int DimensionsOf(DenseVector vector) => vector.Dimensions;

    public IndexSegment<DenseVector> Build(
        IReadOnlyList<DenseVector> vectors, Func<long, SegmentMemory> room, int threads, CancellationToken cancellationToken) =>
        DenseSegment.Build(vectors, threads, room, cancellationToken);

    public IndexSegment<DenseVector> Open(IReadOnlyList<SegmentMemory> sections) => DenseSegment.Open(sections[0]);
}
