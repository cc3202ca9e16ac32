using System.Runtime.InteropServices;

namespace Splade.AI.Search.Storage;

/// <summary>A section of a segment's file.</summary>
/// <param name="Offset">Where it begins, in bytes from the beginning of the file.</param>
/// <param name="Length">How long it is.</param>
/// <param name="Checksum">The CRC-32C of its bytes.</param>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
internal readonly record struct SegmentSection(long Offset, long Length, long Checksum);
