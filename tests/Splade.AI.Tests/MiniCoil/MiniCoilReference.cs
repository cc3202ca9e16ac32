using System.Text.Json;

namespace Splade.AI.Tests.MiniCoil;

/// <summary>What FastEmbed makes of a text.</summary>
internal sealed record MiniCoilReference(
    string Text, JsonElement Options, int? TokenCount, (int[] Indices, float[] Values) Document, (int[] Indices, float[] Values)? Query)
{
    public static string Folder { get; } = Path.Combine(Repository.TestData, "models", "random-minicoil");

    public static IReadOnlyList<MiniCoilReference> Read(string file) =>
    [
        .. File.ReadLines(Path.Combine(Repository.TestData, "reference", file))
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(json => !json.TryGetProperty("kind", out JsonElement kind) || kind.GetString() == "minicoil")
            .Select(json => new MiniCoilReference(
                json.GetProperty("text").GetString()!,
                json.TryGetProperty("options", out JsonElement options) ? options : default,
                json.TryGetProperty("ids", out JsonElement ids) ? ids.GetArrayLength() : null,
                Vector(json, "indices", "values"),
                json.TryGetProperty("query_indices", out _) ? Vector(json, "query_indices", "query_values") : null)),
    ];

    public static void AssertAgrees((int[] Indices, float[] Values) expected, MiniCoilEncoding actual)
    {
        Assert.Equal(expected.Indices, actual.Indices.ToArray());
        Assert.All(expected.Values.Zip(actual.Values.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 2e-5f));
    }

    private static (int[] Indices, float[] Values) Vector(JsonElement json, string indices, string values) => (
        [.. json.GetProperty(indices).EnumerateArray().Select(i => i.GetInt32())],
        [.. json.GetProperty(values).EnumerateArray().Select(v => v.GetSingle())]);
}
