using System.Text.Json;
using Splade.AI;

namespace Splade.Testing;

/// <summary>
/// Vectors of the models here by Sentence Transformers 6.0.1 (torch 2.13.0, CPU, float32, one text at a time, cut at 512 tokens).
/// </summary>
internal static class ReferenceVectors
{
    /// <summary>Values may differ by this much, and an index whose value is under <see cref="Negligible"/> may come or go.</summary>
    public const float Tolerance = 2e-5f;

    private const float Negligible = 1e-5f;

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static IReadOnlyList<ReferenceVector> Read(string file) => File
        .ReadLines(Path.Combine(Repository.TestData, "reference", file))
        .Select(line => JsonSerializer.Deserialize<ReferenceVector>(line, Json)!)
        .Select((line, i) => line.Id is null ? line with { Id = $"{file} line {i + 1}" } : line)
        .ToArray();

    /// <summary>Fails with the first differences if the vectors are not the same within the tolerance.</summary>
    public static void AssertSame(ReferenceVector expected, SparseVector actual, float tolerance = Tolerance)
    {
        Dictionary<int, float> wanted = expected.Indices.Zip(expected.Values).ToDictionary(p => p.First, p => p.Second);
        Dictionary<int, float> found = actual.Indices.ToArray().Zip(actual.Values.ToArray()).ToDictionary(p => p.First, p => p.Second);
        string[] differences = wanted.Keys.Union(found.Keys).Order()
            .Select(index => (Index: index, Wanted: wanted.GetValueOrDefault(index), Found: found.GetValueOrDefault(index)))
            .Where(d => d.Wanted == 0 || d.Found == 0
                ? MathF.Max(d.Wanted, d.Found) >= Negligible
                : MathF.Abs(d.Wanted - d.Found) > tolerance)
            .Select(d => $"  {d.Index}: expected {d.Wanted}, found {d.Found}")
            .ToArray();
        Assert.True(differences.Length == 0, $"{expected.Id} ({differences.Length} differences):\n{string.Join('\n', differences.Take(10))}");
    }
}
