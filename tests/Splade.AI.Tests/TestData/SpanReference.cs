using System.Text.Json;

namespace Splade.AI.Tests.TestData;

/// <summary>
/// One line of <c>spans-passages.jsonl</c>: for each active term of a text the token whose logit is the largest, its offsets, and by how much
/// it wins over the second.
/// </summary>
public sealed record SpanReference(string Id, string Text, int[] Indices, int[] Positions, int[][] Spans, float[] Margin)
{
    /// <summary>A smaller lead is within rounding.</summary>
    public const float Decisive = 1e-4f;

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static IReadOnlyList<SpanReference> Read() =>
    [
        .. File.ReadLines(Path.Combine(Repository.TestData, "reference", "spans-passages.jsonl"))
            .Select(line => JsonSerializer.Deserialize<SpanReference>(line, Json)!),
    ];
}
