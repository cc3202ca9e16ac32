using System.Security.Cryptography;
using System.Text;
using Qdrant.Client.Grpc;
using Splade.AI.Qdrant.Payload;

namespace Splade.AI.Qdrant.Points;

/// <summary>The ids of points, which Qdrant wants as numbers or UUIDs: UUIDs of version 5 of the records' own (RFC 9562), of each tenant others.</summary>
/// <param name="tenant">The tenant; null for none.</param>
internal sealed class PointIds(string? tenant)
{
    private static readonly Guid Root = new("6f1d2f0e-7d0f-5b8a-9c53-0b6a1d6a2b7e");

    private readonly Guid _space = tenant is null ? Root : Make(Root, PayloadText.Require(tenant, "the tenant"));

    /// <exception cref="ArgumentException">The id is not valid UTF-16: two such could become one.</exception>
    public Guid Of(string id) => Make(_space, PayloadText.Require(id, "the id"));

    public static PointId ToPoint(Guid id) => new() { Uuid = id.ToString() };

    /// <summary>The id of a point; null if it is no UUID, and so not ours.</summary>
    public static Guid? Find(PointId id) => Guid.TryParse(id.Uuid, out Guid found) ? found : null;

    /// <summary>A UUID of version 5: the first half of a SHA-1, in which bytes go from the highest to the lowest.</summary>
    internal static Guid Make(Guid space, string name)
    {
        Span<byte> bytes = stackalloc byte[SHA1.HashSizeInBytes];
        byte[] text = [.. space.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(name)];
#pragma warning disable CA5350 // The standard names SHA-1. Ids are compared as texts on every read, whatever their UUIDs are.
        SHA1.HashData(text, bytes);
#pragma warning restore CA5350
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x50);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes[..16], bigEndian: true);
    }
}
