using System.Numerics;
using System.Runtime.InteropServices;

namespace Splade.AI.Search.Storage;

/// <summary>CRC-32C (Castagnoli; RFC 3720, appendix B.4), which processors compute themselves.</summary>
internal static class Checksum
{
    /// <param name="bytes">The bytes.</param>
    /// <param name="before">The checksum of what comes before them; 0 for nothing.</param>
    public static uint Of(ReadOnlySpan<byte> bytes, uint before = 0)
    {
        uint crc = ~before;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words)
        {
            crc = BitOperations.Crc32C(crc, word);
        }

        foreach (byte value in bytes[(words.Length * sizeof(ulong))..])
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }
}
