using System.Globalization;
using System.Text.Json;

namespace Splade.AI.VectorFormats.Engines;

/// <summary>OpenSearch's <c>sparse_vector</c>, from 3.3 on: approximate search by SEISMIC.</summary>
/// <remarks>
/// Names are the numbers of dimensions, folded into 15 bits. Weights become integers of 8 bits, from 0 to a ceiling, rounded to the nearest; a segment
/// with fewer documents than <c>approximate_threshold</c> is searched as <c>rank_features</c> are (OpenSearch's plugin neural-search).
/// </remarks>
internal sealed class OpenSearchFormat() : LuceneFormat("opensearch", "OpenSearch, a field of type sparse_vector")
{
    private const double Steps = 255;

    private static readonly FormatLimit<int> Dimensions = new(
        32_768, "The numbers of dimensions are folded into 15 bits, so that two of them may become one. Use opensearch-rank-features.");

    private protected override FormatLimits DocumentLimits(SparseVectorFormatOptions options) => base.DocumentLimits(options) with
    {
        Dimensions = Dimensions,
        MostWeight = Ceiling(options.DocumentCeiling, "quantization_ceiling_ingest", nameof(options.DocumentCeiling)),
    };

    private protected override FormatLimits QueryLimits(SparseVectorFormatOptions options) => new()
    {
        Dimensions = Dimensions,
        Count = Clauses,
        MostWeight = options.QueryCeiling >= OpenSearchRankFeaturesFormat.MostWeight.Value
            ? OpenSearchRankFeaturesFormat.MostWeight
            : Ceiling(options.QueryCeiling, "quantization_ceiling_search", nameof(options.QueryCeiling)),
    };

    // Half a step of the integers, or what rank_features lose: it depends on the segment.
    private protected override double DocumentWeightError(float weight, SparseVectorFormatOptions options) =>
        Math.Max(HalfStep(options.DocumentCeiling), base.DocumentWeightError(weight, options));

    private protected override double QueryWeightError(float weight, SparseVectorFormatOptions options) => HalfStep(options.QueryCeiling);

    private protected override void WriteVector(Utf8JsonWriter json, SparseVector vector, SparseVectorFormatOptions options) =>
        json.WriteMap(vector, dimension => dimension.ToString(CultureInfo.InvariantCulture));

    private protected override void WriteClause(Utf8JsonWriter json, SparseVector query, SparseVectorFormatOptions options)
    {
        json.WriteStartObject("neural_sparse");
        json.WriteStartObject(options.Field);
        json.WritePropertyName("query_tokens");
        WriteVector(json, query, options);
        json.WriteStartObject("method_parameters");
        json.WriteNumber("k", options.Top);

        // By default only the ten heaviest entries find candidates.
        json.WriteNumber("top_n", query.Count);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static FormatLimit<float> Ceiling(float ceiling, string parameter, string option) =>
        new(ceiling, $"Larger ones are cut to it. Raise {parameter} of the field, and {option} with it.");

    // A little more than half, for what the division in single precision may add.
    private static double HalfStep(float ceiling) => ceiling / Steps * 0.5001;
}
