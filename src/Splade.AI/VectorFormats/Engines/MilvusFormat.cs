using System.Globalization;
using System.Text.Json;

namespace Splade.AI.VectorFormats.Engines;

/// <summary>Milvus's <c>SPARSE_FLOAT_VECTOR</c> with the metric <c>IP</c>, by its REST API of version 2.</summary>
/// <remarks>Weights are kept in single precision. A vector without entries is taken, from 2.4.11 on, and found by no query.</remarks>
internal sealed class MilvusFormat() : SparseVectorFormat("milvus", "Milvus, a field of type SPARSE_FLOAT_VECTOR")
{
    private protected override void WriteVector(Utf8JsonWriter json, SparseVector vector, SparseVectorFormatOptions options) =>
        json.WriteMap(vector, dimension => dimension.ToString(CultureInfo.InvariantCulture));

    private protected override void WriteQueryBody(Utf8JsonWriter json, SparseVector query, SparseVectorFormatOptions options)
    {
        json.WriteStartObject();
        json.WriteString("collectionName", options.Index);
        json.WriteStartArray("data");
        WriteVector(json, query, options);
        json.WriteEndArray();
        json.WriteString("annsField", options.Field);
        json.WriteNumber("limit", options.Top);
        json.WriteStartArray("outputFields");
        json.WriteStringValue(options.IdField);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private protected override void WriteBulkLines(
        BulkLines lines, IReadOnlyList<KeyValuePair<string, SparseVector>> documents, SparseVectorFormatOptions options) => lines.AddRequests(
        documents,
        "data",
        json => json.WriteString("collectionName", options.Index),
        (json, id, vector) =>
        {
            // A text is taken for keys of both types, VarChar and Int64.
            json.WriteString(options.IdField, id);
            json.WritePropertyName(options.Field);
            WriteVector(json, vector, options);
        });
}
