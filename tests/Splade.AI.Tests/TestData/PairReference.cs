using System.Text.Json;

namespace Splade.AI.Tests.TestData;

/// <summary>A query and a text, with what the three cross-encoders of the fixtures make of them.</summary>
internal sealed record PairReference(string Query, string Text, JsonElement Models)
{
    public static IReadOnlyList<PairReference> All { get; } =
    [
        .. File.ReadLines(Path.Combine(Repository.TestData, "reference", "cross-encoder.jsonl")).Select(line =>
        {
            JsonElement json = JsonSerializer.Deserialize<JsonElement>(line);
            return new PairReference(json.GetProperty("query").GetString()!, json.GetProperty("text").GetString()!, json);
        }),
    ];

    /// <summary>The ids of the pair; null where there are none of the name.</summary>
    public int[]? Ids(string model, string name = "ids") =>
        Models.GetProperty(model).TryGetProperty(name, out JsonElement ids) ? [.. ids.EnumerateArray().Select(id => id.GetInt32())] : null;

    /// <summary>Where the second segment begins; null where all ids are of one.</summary>
    public int? TypesFrom(string model) => Models.GetProperty(model).TryGetProperty("type_ids_from", out JsonElement from) ? from.GetInt32() : null;

    /// <summary>The logits, or the scores, of all labels.</summary>
    public float[] Numbers(string model, string name) => [.. Models.GetProperty(model).GetProperty(name).EnumerateArray().Select(n => n.GetSingle())];
}
