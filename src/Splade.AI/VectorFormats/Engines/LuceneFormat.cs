using System.Text.Json;

namespace Splade.AI.VectorFormats.Engines;

/// <summary>What Elasticsearch and OpenSearch share: weights as features of Lucene, and lines for <c>_bulk</c>.</summary>
/// <remarks>
/// A feature keeps the upper 17 bits of a weight in single precision, without its sign: the exponent and 8 bits after the leading one. The rest is cut off
/// (Lucene, <c>FeatureField</c>).
/// </remarks>
internal abstract class LuceneFormat(string name, string target) : SparseVectorFormat(name, target)
{
    /// <summary>The least normal number of single precision.</summary>
    private const float LeastNormal = 1.17549435E-38f;

    private const double Step = 1.0 / (1 << 8);

    private protected static FormatLimit<int> Clauses { get; } = new(
        1024, "Each is a clause, and indices.query.bool.max_clause_count allows for so many on any node.");

    private protected override FormatLimits DocumentLimits(SparseVectorFormatOptions options) => new()
    {
        LeastWeight = new(LeastNormal, "Lucene takes normal numbers only. Prune the vector, for example with SparsePruning.AbsValue(1e-6)."),
        IdLength = new(512, "No longer id is taken."),
    };

    private protected override FormatLimits QueryLimits(SparseVectorFormatOptions options) => new() { Count = Clauses };

    private protected override double DocumentWeightError(float weight, SparseVectorFormatOptions options) => weight * Step;

    private protected override void WriteVector(Utf8JsonWriter json, SparseVector vector, SparseVectorFormatOptions options) =>
        json.WriteMap(vector, TokenNames.For(vector, options));

    private protected override void WriteQueryBody(Utf8JsonWriter json, SparseVector query, SparseVectorFormatOptions options)
    {
        json.WriteStartObject();
        json.WriteStartObject("query");
        if (query.Count == 0)
        {
            // A query of no clauses finds all documents in some versions, and is refused in others.
            json.WriteStartObject("match_none");
            json.WriteEndObject();
        }
        else
        {
            WriteClause(json, query, options);
        }

        json.WriteEndObject();
        json.WriteNumber("size", options.Top);
        json.WriteEndObject();
    }

    /// <summary>Writes the member that is the query.</summary>
    private protected abstract void WriteClause(Utf8JsonWriter json, SparseVector query, SparseVectorFormatOptions options);

    private protected override void WriteBulkLines(
        BulkLines lines, IReadOnlyList<KeyValuePair<string, SparseVector>> documents, SparseVectorFormatOptions options)
    {
        foreach ((string id, SparseVector vector) in documents)
        {
            lines.Add(json =>
            {
                json.WriteStartObject("index");
                json.WriteString("_index", options.Index);
                json.WriteString("_id", id);
                json.WriteEndObject();
            });
            lines.Add(json =>
            {
                json.WritePropertyName(options.Field);
                WriteVector(json, vector, options);
            });
        }
    }
}
