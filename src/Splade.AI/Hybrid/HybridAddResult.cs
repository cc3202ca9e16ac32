namespace Splade.AI.Hybrid;

/// <summary>Describes what an addition of texts did, or has done so far.</summary>
/// <param name="Added">How many texts were encoded and stored. A repeated id counts each time.</param>
/// <param name="SparseTruncated">How many of them were longer than the sparse model reads: it cannot find their ends.</param>
/// <param name="DenseTruncated">How many of them were longer than the dense model reads; 0 if its generator does not report
/// <see cref="SpladeTelemetry.TruncatedInputs"/>.</param>
public readonly record struct HybridAddResult(int Added, int SparseTruncated, int DenseTruncated)
{
    /// <summary>Gets how many texts the store had already, so that they were not encoded. Where their metadata was another, it was stored.</summary>
    public int Unchanged { get; init; }

    /// <summary>Gets how many texts there are to add, while it goes on; null if the source cannot tell before its end.</summary>
    /// <remarks>All are done when <see cref="Added"/> and <see cref="Unchanged"/> come to it.</remarks>
    public int? Total { get; init; }
}
