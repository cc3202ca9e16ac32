using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Splade.AI;

/// <summary>Makes floats of numbers of 16 bits, exactly.</summary>
internal static class HalfNumbers
{
    /// <param name="bits">The numbers.</param>
    /// <param name="areBFloat16">Whether they are of type bfloat16, and not IEEE's half.</param>
    /// <param name="destination">The floats, as many.</param>
    public static void Widen(ReadOnlySpan<ushort> bits, bool areBFloat16, Span<float> destination)
    {
        if (!areBFloat16)
        {
            TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<ushort, Half>(bits), destination);
            return;
        }

        // A bfloat16 is the upper half of a float.
        for (int i = 0; i < bits.Length; i++)
        {
            destination[i] = BitConverter.UInt32BitsToSingle((uint)bits[i] << 16);
        }
    }
}
