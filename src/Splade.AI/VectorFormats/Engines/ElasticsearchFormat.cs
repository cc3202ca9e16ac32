using System.Text.Json;

namespace Splade.AI.VectorFormats.Engines;

/// <summary>Elasticsearch's <c>sparse_vector</c>, from 8.15 on, where its query is.</summary>
internal sealed class ElasticsearchFormat() : LuceneFormat("elasticsearch", "Elasticsearch, a field of type sparse_vector")
{
    private protected override void WriteClause(Utf8JsonWriter json, SparseVector query, SparseVectorFormatOptions options)
    {
        json.WriteStartObject("sparse_vector");
        json.WriteString("field", options.Field);
        json.WritePropertyName("query_vector");
        WriteVector(json, query, options);

        // From 9.1 on, an index leaves out frequent tokens of little weight unless it is told not to.
        json.WriteBoolean("prune", false);
        json.WriteEndObject();
    }
}
