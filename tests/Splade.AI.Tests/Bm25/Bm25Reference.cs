using System.Text.Json;

namespace Splade.AI.Tests.Bm25;

/// <summary>What FastEmbed makes of a text.</summary>
/// <param name="Text">The text.</param>
/// <param name="Options">FastEmbed's options, by its names; undefined for the defaults.</param>
/// <param name="Document">The document's vector.</param>
/// <param name="Query">The query's.</param>
/// <param name="Length">How many stems the text has; null where the file does not say.</param>
internal sealed record Bm25Reference(string Text, JsonElement Options, SparseVector Document, SparseVector Query, int? Length)
{
    public static IReadOnlyList<Bm25Reference> Read(string file) =>
    [
        .. File.ReadLines(Path.Combine(Repository.TestData, "reference", file))
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(json => !json.TryGetProperty("kind", out JsonElement kind) || kind.GetString() == "bm25")
            .Select(json => new Bm25Reference(
                json.GetProperty("text").GetString()!,
                json.TryGetProperty("options", out JsonElement options) ? options : default,
                Vector(json, "indices", "values"),
                Vector(json, "query_indices", "query_values"),
                json.TryGetProperty("length", out JsonElement length) ? length.GetInt32() : null)),
    ];

    /// <summary>The same dimensions, and weights within what FastEmbed's numbers are written with.</summary>
    public static void AssertAgrees(SparseVector expected, SparseVector actual)
    {
        Assert.Equal(expected.Indices.ToArray(), actual.Indices.ToArray());
        Assert.All(expected.Values.ToArray().Zip(actual.Values.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
        Assert.Equal(int.MaxValue, actual.Dimensions);
    }

    private static SparseVector Vector(JsonElement json, string indices, string values) => new(
        [.. json.GetProperty(indices).EnumerateArray().Select(i => i.GetInt32())],
        [.. json.GetProperty(values).EnumerateArray().Select(v => v.GetSingle())],
        int.MaxValue);
}
