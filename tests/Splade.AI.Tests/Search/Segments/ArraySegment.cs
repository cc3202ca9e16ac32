using Splade.AI.Search.Segments;
using Splade.AI.Search.Storage;

namespace Splade.AI.Tests.Search.Segments;

/// <summary>A segment that knows whether it was used after its end.</summary>
internal sealed class ArraySegment(IReadOnlyList<SparseVector> vectors, double fillOfRow) : IndexSegment<SparseVector>
{
    private int _disposals;

    public int Disposals => Volatile.Read(ref _disposals);

    public override int Rows => vectors.Count;

    public override int Dimensions => vectors[0].Dimensions;

    public override double Fill => vectors.Count * fillOfRow;

    public override IReadOnlyList<SegmentMemory> Sections => [];

    public override SparseVector Vector(int row) =>
        Disposals == 0 ? vectors[row] : throw new InvalidOperationException("The segment was disposed before the reading was over.");

    public override void Dispose() => Interlocked.Increment(ref _disposals);
}
