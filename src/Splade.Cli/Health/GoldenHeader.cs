namespace Splade.Cli.Health;

/// <summary>The first line of a golden file.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="MaxTokens">The most tokens of a text that were read.</param>
/// <param name="Files">The SHA-256 of each of the model's files, by its path in the folder.</param>
internal sealed record GoldenHeader(string Model, int MaxTokens, IReadOnlyDictionary<string, string> Files);
