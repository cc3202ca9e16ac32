using System.Text.Json;

namespace Splade.Benchmarks.Tokenization;

/// <summary>Real English texts to measure with.</summary>
/// <param name="Description">Where they come from.</param>
/// <param name="Texts">The texts.</param>
internal sealed record EnglishTexts(string Description, IReadOnlyList<string> Texts)
{
    /// <summary>The passages that come with the tests.</summary>
    public static EnglishTexts ReadPassages() =>
        Read("the passages of the tests", Path.Combine(Repository.TestData, "reference", "tokens-passages.jsonl"));

    /// <summary>A hundred abstracts of Cranfield, or null where there is no shared folder.</summary>
    public static EnglishTexts? ReadCranfield() => Repository.Shared is null
        ? null
        : Read("100 Cranfield abstracts", Path.Combine(Repository.Shared, "reference", "cranfield-tokens.jsonl"));

    private static EnglishTexts Read(string description, string path)
    {
        string[] texts = [.. File.ReadLines(path).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("text").GetString()!)];
        return new EnglishTexts($"{description} ({texts.Length} texts, {texts.Sum(text => text.Length)} characters)", texts);
    }
}
