using System.Buffers;
using System.Text;

namespace Splade.AI.Hashing;

/// <summary>The space that terms are hashed into where there is no vocabulary, as FastEmbed's encoders for Qdrant do it.</summary>
/// <remarks>
/// The dimension of a term is the absolute value of the MurmurHash3 of its UTF-8 bytes, read as a signed number: <c>abs(mmh3.hash(term))</c>. That goes
/// from 0 to 2^31. The two topmost values, which three of 2^32 hashes give, have no place below a number of dimensions that is an
/// <see cref="int"/>: they are folded onto the last dimension.
/// </remarks>
internal static class HashedTerms
{
    /// <summary>The size of the space.</summary>
    public const int Dimensions = int.MaxValue;

    private const int OnStack = 512;

    /// <summary>The dimension of a term.</summary>
    public static int DimensionOf(ReadOnlySpan<char> term) => Fold(MagnitudeOf(term));

    /// <summary>The absolute value of a term's hash, from 0 to 2^31.</summary>
    public static uint MagnitudeOf(ReadOnlySpan<char> term)
    {
        int longest = Encoding.UTF8.GetMaxByteCount(term.Length);
        if (longest <= OnStack)
        {
            Span<byte> bytes = stackalloc byte[OnStack];
            return Magnitude(MurmurHash3.Hash32(bytes[..Encoding.UTF8.GetBytes(term, bytes)]));
        }

        byte[] rented = ArrayPool<byte>.Shared.Rent(longest);
        uint magnitude = Magnitude(MurmurHash3.Hash32(rented.AsSpan(0, Encoding.UTF8.GetBytes(term, rented))));
        ArrayPool<byte>.Shared.Return(rented);
        return magnitude;
    }

    /// <summary>A magnitude as a dimension.</summary>
    public static int Fold(uint magnitude) => (int)Math.Min(magnitude, Dimensions - 1);

    /// <summary>The absolute value of a hash that is read as a signed number; that of the lowest one is 2^31.</summary>
    public static uint Magnitude(uint hash) => (int)hash < 0 ? 0 - hash : hash;
}
