using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Splade.AI.VectorFormats.Engines;

/// <summary>Qdrant's sparse vectors, by its REST API. Values of both signs are taken.</summary>
/// <remarks>
/// Weights are kept in single precision, unless the collection says <c>float16</c> or <c>uint8</c>. The id of a point is a whole number or a UUID; another
/// one becomes a UUID of version 5 (RFC 9562) in the namespace of addresses, and the payload has it as it was.
/// </remarks>
internal sealed class QdrantFormat() : SparseVectorFormat("qdrant", "Qdrant, a named sparse vector")
{
    private const int UuidLength = 16;

    private static readonly Guid Namespace = new("6ba7b811-9dad-11d1-80b4-00c04fd430c8");

    public override void Write(Utf8JsonWriter json, MiniCoilEncoding encoding)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(encoding);
        json.WriteArrays(encoding.Indices.Span, encoding.Values.Span);
    }

    private protected override void WriteVector(Utf8JsonWriter json, SparseVector vector, SparseVectorFormatOptions options) =>
        json.WriteArrays(vector.Indices, vector.Values);

    private protected override void WriteQueryBody(Utf8JsonWriter json, SparseVector query, SparseVectorFormatOptions options)
    {
        json.WriteStartObject();
        json.WritePropertyName("query");
        WriteVector(json, query, options);
        json.WriteString("using", options.Field);
        json.WriteNumber("limit", options.Top);
        json.WriteBoolean("with_payload", true);
        json.WriteEndObject();
    }

    private protected override void WriteBulkLines(
        BulkLines lines, IReadOnlyList<KeyValuePair<string, SparseVector>> documents, SparseVectorFormatOptions options) => lines.AddRequests(
        documents,
        "points",
        _ => { },
        (json, id, vector) =>
        {
            WriteId(json, id);
            json.WriteStartObject("vector");
            json.WritePropertyName(options.Field);
            WriteVector(json, vector, options);
            json.WriteEndObject();
            json.WriteStartObject("payload");
            json.WriteString(options.IdField, id);
            json.WriteEndObject();
        });

    private static void WriteId(Utf8JsonWriter json, string id)
    {
        if (ulong.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) && number.ToString(CultureInfo.InvariantCulture) == id)
        {
            json.WriteNumber("id", number);
        }
        else
        {
            json.WriteString("id", Guid.TryParseExact(id, "D", out Guid uuid) ? uuid : Uuid(id));
        }
    }

    private static Guid Uuid(string name)
    {
        byte[] named = [.. Namespace.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(name)];
        Span<byte> hash = CryptographicOperations.HashData(HashAlgorithmName.SHA1, named);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..UuidLength], bigEndian: true);
    }
}
