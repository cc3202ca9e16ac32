using System.Text.Json;

namespace Splade.AI.Tests.BgeM3;

/// <summary>What FlagEmbedding's formula makes of a text.</summary>
internal sealed record BgeM3Reference(string Text, int TokenCount, int[] Indices, float[] Values, float[] Dense)
{
    public const int Vocabulary = 2992;

    public static string Folder { get; } = Path.Combine(Repository.TestData, "models", "random-bge-m3");

    public static IReadOnlyList<BgeM3Reference> All { get; } =
    [
        .. File.ReadLines(Path.Combine(Repository.TestData, "reference", "bge-m3.jsonl")).Select(line => JsonDocument.Parse(line).RootElement).Select(json =>
            new BgeM3Reference(
                json.GetProperty("text").GetString()!,
                json.GetProperty("ids").GetArrayLength(),
                [.. json.GetProperty("indices").EnumerateArray().Select(i => i.GetInt32())],
                Numbers(json, "values"),
                Numbers(json, "dense"))),
    ];

    /// <summary>The same dimensions, and numbers within rounding.</summary>
    public void AssertAgrees(BgeM3Encoding actual, float tolerance = 2e-5f)
    {
        Assert.Equal(Indices, actual.Sparse.Indices.ToArray());
        Assert.All(Values.Zip(actual.Sparse.Values.ToArray()), pair => Assert.Equal(pair.First, pair.Second, tolerance));
        Assert.All(Dense.Zip(actual.Dense.ToArray()), pair => Assert.Equal(pair.First, pair.Second, tolerance));
        Assert.Equal((Vocabulary, Dense.Length, TokenCount), (actual.Sparse.Dimensions, actual.Dense.Length, actual.TokenCount));
    }

    private static float[] Numbers(JsonElement json, string name) => [.. json.GetProperty(name).EnumerateArray().Select(n => n.GetSingle())];
}
