using System.Text.Json;

namespace Splade.Cli.Tests.TestData;

/// <summary>The models and the reference files beside the tests.</summary>
internal static class Files
{
    public static string Model { get; } = Path.Combine(AppContext.BaseDirectory, "models", "splade-tiny");

    public static string DenseModel { get; } = Path.Combine(AppContext.BaseDirectory, "models", "all-minilm-l6-v2-int8");

    public static string Reranker { get; } = Path.Combine(AppContext.BaseDirectory, "models", "random-cross-encoder");

    public static string Reference(string name) => Path.Combine(AppContext.BaseDirectory, "reference", name);

    public static JsonElement[] ReadLines(string path) => ParseLines(File.ReadAllText(path));

    public static JsonElement[] ParseLines(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
}
