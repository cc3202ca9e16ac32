using System.Text.Json;

namespace Splade.AI.VectorFormats.Engines;

/// <summary>Elasticsearch's <c>rank_features</c>, for versions without <c>sparse_vector</c>: a clause for each entry.</summary>
internal sealed class ElasticsearchRankFeaturesFormat() : LuceneFormat("elasticsearch-rank-features", "Elasticsearch, a field of type rank_features")
{
    private protected override void WriteClause(Utf8JsonWriter json, SparseVector query, SparseVectorFormatOptions options)
    {
        Func<int, string> name = TokenNames.For(query, options);
        json.WriteStartObject("bool");
        json.WriteStartArray("should");
        for (int i = 0; i < query.Count; i++)
        {
            json.WriteStartObject();
            json.WriteStartObject("rank_feature");
            json.WriteString("field", $"{options.Field}.{name(query.Indices[i])}");
            json.WriteStartObject("linear");
            json.WriteEndObject();
            json.WriteNumber("boost", query.Values[i]);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
