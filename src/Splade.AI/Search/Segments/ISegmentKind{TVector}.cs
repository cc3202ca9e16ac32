namespace Splade.AI.Search.Segments;

/// <summary>What an index needs to know of its vectors.</summary>
/// <typeparam name="TVector">The type of the vectors.</typeparam>
internal interface ISegmentKind<TVector>
{
    /// <summary>The size of a vector's space.</summary>
    int DimensionsOf(TVector vector);

    /// <summary>Makes a segment of vectors of one space, at least one. They are read several times, one after the other.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    IndexSegment<TVector> Build(IReadOnlyList<TVector> vectors, CancellationToken cancellationToken);
}
