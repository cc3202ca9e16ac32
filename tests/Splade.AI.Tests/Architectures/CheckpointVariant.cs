using System.Text.Json;
using System.Text.Json.Serialization;

namespace Splade.AI.Tests.Architectures;

/// <summary>What some folders of <c>checkpoint-variants</c> give for a text.</summary>
internal sealed record CheckpointVariant
{
    public required string[] Folders { get; init; }

    public required string Text { get; init; }

    public required int[] Ids { get; init; }

    public int[] Indices { get; init; } = [];

    public float[] Values { get; init; } = [];

    [JsonPropertyName("dense")]
    public float[] Vector { get; init; } = [];

    /// <summary>The lines of a folder.</summary>
    public static IReadOnlyList<CheckpointVariant> Read(string folder)
    {
        CheckpointVariant[] lines = [.. File.ReadLines(Path.Combine(Repository.TestData, "reference", "checkpoint-variants.jsonl"))
            .Select(line => JsonSerializer.Deserialize<CheckpointVariant>(line, JsonSerializerOptions.Web)!)
            .Where(line => line.Folders.Contains(folder))];
        Assert.NotEmpty(lines);
        return lines;
    }
}
