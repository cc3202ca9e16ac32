using System.Security.Cryptography;
using System.Text;

namespace Splade.AI.VectorFormats;

/// <summary>Provides the ids of points in Qdrant, which takes only numbers and UUIDs, of documents whose ids are texts.</summary>
/// <remarks>The format <c>qdrant</c> and the store of the package Splade.AI.Qdrant have this one rule: a document is one point, whoever writes it.</remarks>
public static class QdrantPointId
{
    private const int UuidLength = 16;

    private static readonly Guid Root = new("6f1d2f0e-7d0f-5b8a-9c53-0b6a1d6a2b7e");

    // Half of a surrogate pair would become another character, and two ids one.
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Gets the id of a document's point: a UUID of version 5 (RFC 9562, section 5.5), made of the document's id, whatever that looks like.</summary>
    /// <param name="id">The document's id.</param>
    /// <param name="tenant">The tenant, whose documents have points of their own; null for none.</param>
    /// <returns>The same UUID for the same texts, always and everywhere.</returns>
    /// <exception cref="ArgumentException">A text is not valid UTF-16.</exception>
    public static Guid Of(string id, string? tenant = null)
    {
        ArgumentNullException.ThrowIfNull(id);
        return Make(tenant is null ? Root : Make(Root, tenant), id);
    }

    /// <summary>A UUID of version 5: the first half of a SHA-1, in which bytes go from the highest to the lowest.</summary>
    internal static Guid Make(Guid space, string name)
    {
        byte[] named = [.. space.ToByteArray(bigEndian: true), .. StrictUtf8.GetBytes(name)];
        Span<byte> hash = CryptographicOperations.HashData(HashAlgorithmName.SHA1, named);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..UuidLength], bigEndian: true);
    }
}
