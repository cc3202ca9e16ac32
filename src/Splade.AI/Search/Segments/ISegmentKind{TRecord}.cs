using Splade.AI.Search.Storage;

namespace Splade.AI.Search.Segments;

/// <summary>What an index needs to know of its vectors.</summary>
/// <typeparam name="TRecord">What is stored under a key: a vector, or a record of several.</typeparam>
internal interface ISegmentKind<TRecord>
{
    /// <summary>What segments of this kind hold, in at most 32 letters: folders of another kind are refused.</summary>
    string Name { get; }

    /// <summary>How vectors lie in a log.</summary>
    ICodec<TRecord> Codec { get; }

    /// <summary>The size of a vector's space.</summary>
    int DimensionsOf(TRecord vector);

    /// <summary>Makes a segment.</summary>
    /// <param name="vectors">Vectors of one space, at least one. They are read several times, by several threads.</param>
    /// <param name="room">Gives memory, all zero, for so many bytes of it.</param>
    /// <param name="threads">How many threads may work, the caller's among them.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    IndexSegment<TRecord> Build(IReadOnlyList<TRecord> vectors, Func<long, SegmentMemory> room, int threads, CancellationToken cancellationToken);

    /// <summary>The segment whose <see cref="IndexSegment{TRecord}.Sections"/> these are.</summary>
    /// <exception cref="InvalidDataException">They are no segment's.</exception>
    IndexSegment<TRecord> Open(IReadOnlyList<SegmentMemory> sections);
}
