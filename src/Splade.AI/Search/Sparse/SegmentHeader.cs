using System.Runtime.InteropServices;

namespace Splade.AI.Search.Sparse;

/// <summary>What a segment consists of.</summary>
/// <param name="Dimensions">The size of the space of the vectors.</param>
/// <param name="Rows">How many vectors there are.</param>
/// <param name="Entries">How many entries they have together.</param>
/// <param name="Terms">How many positions any of them has.</param>
/// <param name="TermSize">Bytes of a term's number in a row: 2 where they fit, else 4.</param>
/// <param name="WeightSize">Bytes of a weight in a row: 1 where they are few (<see cref="WeightSet"/>), 2 where they are numbers of 16 bits (<see cref="HalfWeight"/>), else 4.</param>
/// <param name="ListBytes">Bytes of the lists and blocks.</param>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
internal readonly record struct SegmentHeader(
    int Dimensions, int Rows, long Entries, int Terms, int TermSize, int WeightSize, long ListBytes)
{
    /// <summary>Bytes that are kept for it.</summary>
    public const int Size = 128;
}
