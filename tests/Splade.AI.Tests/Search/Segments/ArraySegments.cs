using System.Collections.Concurrent;
using Splade.AI.Search.Segments;
using Splade.AI.Search.Sparse;
using Splade.AI.Search.Storage;

namespace Splade.AI.Tests.Search.Segments;

/// <summary>Makes segments, and remembers them.</summary>
internal sealed class ArraySegments : ISegmentKind<SparseVector>
{
    /// <summary>All that were made, in order.</summary>
    public ConcurrentQueue<ArraySegment> Built { get; } = [];

    /// <summary>Which share of what a segment can hold a row takes.</summary>
    public double FillOfRow { get; init; }

    /// <summary>Is called before a segment is made of others.</summary>
    public Action<CancellationToken>? Merging { get; set; }

    public string Name => "arrays";

    public ICodec<SparseVector> Codec { get; } = new SparseVectorCodec();

    public int DimensionsOf(SparseVector vector) => vector.Dimensions;

    public IndexSegment<SparseVector> Build(IReadOnlyList<SparseVector> vectors, Func<long, SegmentMemory> room, int threads, CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
        {
            Merging?.Invoke(cancellationToken);
        }

        var segment = new ArraySegment([.. vectors], FillOfRow);
        Built.Enqueue(segment);
        return segment;
    }

    public IndexSegment<SparseVector> Open(IReadOnlyList<SegmentMemory> sections) => throw new NotSupportedException();
}
