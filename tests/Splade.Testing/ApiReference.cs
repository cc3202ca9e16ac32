using System.Text.Json;
using Splade.AI;

namespace Splade.Testing;

/// <summary>What Sentence Transformers' functions over vectors give for splade-tiny: <c>api-splade-tiny.json</c>.</summary>
internal static class ApiReference
{
    public static JsonElement Root { get; } = Read();

    /// <summary>The vectors of a list of texts in the file.</summary>
    public static async Task<SparseVector[]> EncodeAsync(SpladeEngine engine, JsonElement texts) =>
        [.. (await engine.EncodeAsync(texts.Deserialize<string[]>()!)).Select(e => e.Vector)];

    /// <summary>A vector in the file, to be compared with <see cref="ReferenceVectors.AssertSame"/>.</summary>
    public static ReferenceVector Vector(JsonElement vector) => vector.Deserialize<ReferenceVector>(JsonSerializerOptions.Web)!;

    private static JsonElement Read()
    {
        string path = Path.Combine(Repository.TestData, "reference", "api-splade-tiny.json");
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
        return document.RootElement.Clone();
    }
}
