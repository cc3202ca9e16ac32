namespace Splade.AI.Search.Sparse;

/// <summary>Weights that numbers of 16 bits hold exactly (IEEE 754 binary16), but for those below its normal ones: these need no case of their own.</summary>
internal static class HalfWeight
{
    /// <summary>By how many bits the mantissa of a float is longer.</summary>
    private const int MoreBits = 13;

    /// <summary>The difference of the exponents, 127 - 15, where a float has them.</summary>
    private const uint MoreExponent = 112u << 23;

    private const uint Smallest = 113u << 23;
    private const uint Beyond = 143u << 23;

    /// <summary>Whether a weight above 0 is such a number.</summary>
    public static bool Fits(float weight)
    {
        uint bits = BitConverter.SingleToUInt32Bits(weight);
        return (bits & ((1u << MoreBits) - 1)) == 0 && bits is >= Smallest and < Beyond;
    }

    public static ushort Encode(float weight) => (ushort)((BitConverter.SingleToUInt32Bits(weight) - MoreExponent) >> MoreBits);

    public static float Decode(ushort weight) => BitConverter.UInt32BitsToSingle(((uint)weight << MoreBits) + MoreExponent);
}
