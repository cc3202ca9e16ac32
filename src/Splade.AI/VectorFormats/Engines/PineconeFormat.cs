using System.Text.Json;

namespace Splade.AI.VectorFormats.Engines;

/// <summary>Pinecone's sparse indexes, by its REST API, whose members have other names than those of its Python client.</summary>
/// <remarks>Weights are numbers of single precision.</remarks>
internal sealed class PineconeFormat() : SparseVectorFormat("pinecone", "Pinecone, a sparse index with the dot product")
{
    private static readonly FormatLimits Limits = new()
    {
        Count = new(SparseVector.PineconeMaxCount, "Pinecone takes no more in a sparse vector."),
        NoEmptyBecause = "Pinecone takes none. Leave it out.",
        IdLength = new(512, "Pinecone takes no longer id."),
        IdLetters = new(static letter => letter.IsAscii, "expected ASCII: Pinecone takes no other id. Encode it, for example by Uri.EscapeDataString."),
    };

    private protected override FormatLimits DocumentLimits(SparseVectorFormatOptions options) => Limits;

    private protected override FormatLimits QueryLimits(SparseVectorFormatOptions options) => Limits;

    private protected override void WriteVector(Utf8JsonWriter json, SparseVector vector, SparseVectorFormatOptions options) =>
        json.WriteArrays(vector.Indices, vector.Values);

    private protected override void WriteQueryBody(Utf8JsonWriter json, SparseVector query, SparseVectorFormatOptions options)
    {
        json.WriteStartObject();
        json.WriteString("namespace", options.Index);
        json.WriteNumber("topK", options.Top);
        json.WritePropertyName("sparseVector");
        WriteVector(json, query, options);
        json.WriteEndObject();
    }

    private protected override void WriteBulkLines(
        BulkLines lines, IReadOnlyList<KeyValuePair<string, SparseVector>> documents, SparseVectorFormatOptions options) => lines.AddRequests(
        documents,
        "vectors",
        json => json.WriteString("namespace", options.Index),
        (json, id, vector) =>
        {
            json.WriteString("id", id);
            json.WritePropertyName("sparseValues");
            WriteVector(json, vector, options);
        });
}
