using System.Text.Json;

namespace Splade.AI.VectorFormats.Engines;

/// <summary>Qdrant's sparse vectors, by its REST API. Values of both signs are taken.</summary>
/// <remarks>
/// Weights are kept in single precision, unless the collection says <c>float16</c> or <c>uint8</c>. The id of a point is that of
/// <see cref="QdrantPointId"/>, and the payload has the document's own.
/// </remarks>
internal sealed class QdrantFormat() : SparseVectorFormat("qdrant", "Qdrant, a named sparse vector")
{
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
            json.WriteString("id", QdrantPointId.Of(id));
            json.WriteStartObject("vector");
            json.WritePropertyName(options.Field);
            WriteVector(json, vector, options);
            json.WriteEndObject();
            json.WriteStartObject("payload");
            json.WriteString(options.IdField, id);
            json.WriteEndObject();
        });
}
