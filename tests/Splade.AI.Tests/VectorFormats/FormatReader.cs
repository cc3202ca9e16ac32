using System.Text.Json;
using Splade.AI.VectorFormats;

namespace Splade.AI.Tests.VectorFormats;

/// <summary>Reads what a format has written as the engine does: weights by name, each a number of single precision.</summary>
internal static class FormatReader
{
    /// <summary>The documents of bulk lines, with their ids as they stand there.</summary>
    public static IEnumerable<(string Id, Dictionary<string, float> Weights)> Documents(SparseVectorFormat format, string bulk)
    {
        Assert.EndsWith("\n", bulk, StringComparison.Ordinal);
        JsonElement[] lines = [.. bulk[..^1].Split('\n').Select(line => JsonDocument.Parse(line).RootElement)];
        return format.Name switch
        {
            "milvus" => lines.SelectMany(line => line.GetProperty("data").EnumerateArray()).Select(d => (Id(d, "id"), Weights(d.GetProperty("splade")))),
            "pinecone" => lines.SelectMany(line => line.GetProperty("vectors").EnumerateArray())
                .Select(d => (Id(d, "id"), Weights(d.GetProperty("sparseValues")))),
            "qdrant" => lines.SelectMany(line => line.GetProperty("points").EnumerateArray())
                .Select(d => (Id(d.GetProperty("payload"), "id"), Weights(d.GetProperty("vector").GetProperty("splade")))),
            "vespa" => lines.Select(d => (Id(d, "put")["id:passages:passages::".Length..], Weights(d.GetProperty("fields").GetProperty("splade")))),
            _ => lines.Chunk(2).Select(pair => (Id(pair[0].GetProperty("index"), "_id"), Weights(pair[1].GetProperty("splade")))),
        };
    }

    /// <summary>The weights of a query.</summary>
    public static Dictionary<string, float> Query(SparseVectorFormat format, string body)
    {
        JsonElement root = JsonDocument.Parse(body).RootElement;
        return format.Name switch
        {
            "milvus" => Weights(root.GetProperty("data")[0]),
            "pinecone" => Weights(root.GetProperty("sparseVector")),
            "qdrant" => Weights(root.GetProperty("query")),
            "vespa" => Weights(root.GetProperty("input.query(splade)")),
            "elasticsearch" => Weights(root.GetProperty("query").GetProperty("sparse_vector").GetProperty("query_vector")),
            "elasticsearch-rank-features" => root.GetProperty("query").GetProperty("bool").GetProperty("should").EnumerateArray()
                .Select(clause => clause.GetProperty("rank_feature"))
                .ToDictionary(clause => clause.GetProperty("field").GetString()!["splade.".Length..], clause => Single(clause.GetProperty("boost"))),
            _ => Weights(root.GetProperty("query").GetProperty("neural_sparse").GetProperty("splade").GetProperty("query_tokens")),
        };
    }

    // Through double precision, which is what engines parse numbers to.
    private static float Single(JsonElement number) => (float)number.GetDouble();

    private static string Id(JsonElement document, string member) => $"{document.GetProperty(member)}";

    private static Dictionary<string, float> Weights(JsonElement vector)
    {
        if (vector.TryGetProperty("indices", out JsonElement indices))
        {
            return indices.EnumerateArray().Zip(vector.GetProperty("values").EnumerateArray()).ToDictionary(p => $"{p.First}", p => Single(p.Second));
        }

        JsonElement map = vector.TryGetProperty("cells", out JsonElement cells) ? cells : vector;
        return map.EnumerateObject().ToDictionary(p => p.Name, p => Single(p.Value));
    }
}
