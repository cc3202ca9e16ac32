using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Splade.AI.Tests.Bm25;

/// <summary>Words that are hashed to one dimension, found by computing the hash backwards: MurmurHash3 has no secret.</summary>
internal static class OneDimension
{
    private static readonly SearchValues<byte> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789"u8);

    private const uint C1 = 0xCC9E2D51;
    private const uint C2 = 0x1B873593;
    private const uint Added = 0xE6546B64;

    /// <summary>Words of 16 letters and digits whose last four are zeros, so that no stemmer changes them.</summary>
    public static IEnumerable<string> Words(int count)
    {
        // The state before the last block, that of any word with these last four.
        byte[] bytes = "aaaaaaaaaaaa0000"u8.ToArray();
        uint target = After(0, bytes.AsSpan(0, 12));
        var random = new Random(1);
        while (count > 0)
        {
            for (int i = 0; i < 8; i++)
            {
                bytes[i] = "abcdefghijklmnopqrstuvwxyz0123456789"u8[random.Next(36)];
            }

            uint block = BlockBetween(After(0, bytes.AsSpan(0, 8)), target);
            MemoryMarshal.Write(bytes.AsSpan(8), block);
            if (bytes.AsSpan(8, 4).IndexOfAnyExcept(Letters) < 0)
            {
                count--;
                yield return Encoding.ASCII.GetString(bytes);
            }
        }
    }

    private static uint After(uint state, ReadOnlySpan<byte> bytes)
    {
        foreach (uint block in MemoryMarshal.Cast<byte, uint>(bytes))
        {
            state = (BitOperations.RotateLeft(state ^ (BitOperations.RotateLeft(block * C1, 15) * C2), 13) * 5) + Added;
        }

        return state;
    }

    private static uint BlockBetween(uint before, uint after) =>
        BitOperations.RotateRight((BitOperations.RotateRight((after - Added) * Inverse(5), 13) ^ before) * Inverse(C2), 15) * Inverse(C1);

    // Newton's iteration doubles the bits that are right, of which an odd number has three.
    private static uint Inverse(uint odd)
    {
        uint inverse = odd;
        for (int i = 0; i < 4; i++)
        {
            inverse *= 2 - (odd * inverse);
        }

        return inverse;
    }
}
