using System.Text.Json;

namespace Splade.AI.Tests.Bm42;

/// <summary>What FastEmbed makes of a text.</summary>
internal sealed record Bm42Reference(string Text, double? Alpha, int? TokenCount, SparseVector Document, SparseVector? Query)
{
    public static string Folder { get; } = Path.Combine(Repository.TestData, "models", "random-bm42");

    public static IReadOnlyList<Bm42Reference> Read(string file) =>
    [
        .. File.ReadLines(Path.Combine(Repository.TestData, "reference", file))
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(json => !json.TryGetProperty("kind", out JsonElement kind) || kind.GetString() == "bm42")
            .Select(json => new Bm42Reference(
                json.GetProperty("text").GetString()!,
                json.TryGetProperty("options", out JsonElement options) ? options.GetProperty("alpha").GetDouble() : null,
                json.TryGetProperty("ids", out JsonElement ids) ? ids.GetArrayLength() : null,
                Vector(json, "indices", "values"),
                json.TryGetProperty("query_indices", out _) ? Vector(json, "query_indices", "query_values") : null)),
    ];

    public static void AssertAgrees(SparseVector expected, SparseVector actual)
    {
        Assert.Equal(expected.Indices.ToArray(), actual.Indices.ToArray());
        Assert.All(expected.Values.ToArray().Zip(actual.Values.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 2e-5f));
        Assert.Equal(int.MaxValue, actual.Dimensions);
    }

    private static SparseVector Vector(JsonElement json, string indices, string values) => new(
        [.. json.GetProperty(indices).EnumerateArray().Select(i => i.GetInt32())],
        [.. json.GetProperty(values).EnumerateArray().Select(v => v.GetSingle())],
        int.MaxValue);
}
