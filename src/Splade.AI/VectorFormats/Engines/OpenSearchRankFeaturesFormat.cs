using System.Text.Json;

namespace Splade.AI.VectorFormats.Engines;

/// <summary>OpenSearch's <c>rank_features</c>, from 2.12 on, where the query <c>neural_sparse</c> takes tokens.</summary>
internal sealed class OpenSearchRankFeaturesFormat() : LuceneFormat("opensearch-rank-features", "OpenSearch, a field of type rank_features")
{
    /// <summary>The most that Lucene's <c>FeatureField.newLinearQuery</c> takes.</summary>
    public static FormatLimit<float> MostWeight { get; } = new(64, "No larger weight is taken in a query. Divide all of them by the same number.");

    private protected override FormatLimits QueryLimits(SparseVectorFormatOptions options) => new() { Count = Clauses, MostWeight = MostWeight };

    private protected override void WriteClause(Utf8JsonWriter json, SparseVector query, SparseVectorFormatOptions options)
    {
        json.WriteStartObject("neural_sparse");
        json.WriteStartObject(options.Field);
        json.WritePropertyName("query_tokens");
        WriteVector(json, query, options);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
