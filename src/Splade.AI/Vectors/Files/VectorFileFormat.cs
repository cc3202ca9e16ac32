using System.Buffers.Binary;
using System.Numerics;

namespace Splade.AI.Vectors.Files;

/// <summary>The binary format of <see cref="SparseVectorFile"/>, version 1. All numbers are little-endian.</summary>
/// <remarks>
/// <code>
/// file    = header, block*, end
/// header  = magic       8 bytes  "SPLVEC" CR LF
///           version     int32    1
///           dimensions  int32    of all vectors; 0 in a file without vectors
///           checksum    uint32   of the 16 bytes before it
/// block   = first       int64    how many vectors stand before this block
///           count       int32    how many vectors it holds, at least 1
///           length      int32    bytes of its payload
///           checksum    uint32   of the 16 bytes before it and the payload after it
///           payload
/// payload = for each vector:
///           id          varint   bytes of its id in UTF-8 plus 1, then those; 0 for no id
///           entries     varint   how many
///           gaps        varints  for each entry, its position less the one before it less 1 (the first: its position)
///           weights     float32  for each entry
/// end     = a block with count 0 and length 0; first is then the number of all vectors. Nothing follows.
/// </code>
/// A varint is unsigned LEB128: 7 bits a byte, the lowest first, the high bit set on all but the last byte. Checksums are CRC-32C.
/// Since each block says where it stands, blocks that are lost, repeated or swapped are noticed; since there is an end, so is a file
/// whose writing broke off.
/// </remarks>
internal static class VectorFileFormat
{
    public const int Version = 1;

    /// <summary>Bytes of a header, and of a block without its payload.</summary>
    public const int HeadSize = 20;

    /// <summary>Bytes that a head's own checksum covers.</summary>
    public const int CheckedSize = 16;

    /// <summary>A payload is written once it has this size: large enough that heads cost nothing, small enough to hold.</summary>
    public const int BlockGoal = 256 * 1024;

    /// <summary>No vector takes more, so that a damaged length does not make a reader take all memory.</summary>
    public const int MaxVectorSize = 64 * 1024 * 1024;

    /// <summary>No payload is larger: a block is written as soon as it reaches its goal.</summary>
    public const int MaxPayload = BlockGoal + MaxVectorSize;

    /// <summary>Bytes that an entry takes at least: one of its gap, four of its weight.</summary>
    public const int MinEntrySize = 1 + sizeof(float);

    public static ReadOnlySpan<byte> Magic => "SPLVEC\r\n"u8;

    public static uint Checksum(ReadOnlySpan<byte> head, ReadOnlySpan<byte> payload) => ~Add(Add(~0u, head), payload);

    private static uint Add(uint crc, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (byte value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return crc;
    }
}
