using System.Text.Json;
using Splade.AI.Tokenization.Patterns;

namespace Splade.AI.Tokenization.Loading;

/// <summary>Reads the <c>pattern</c> of a <c>Replace</c> or <c>Split</c>: text, or a regular expression that models have.</summary>
/// <remarks>.NET's own regular expressions differ from those of the reference in what is a letter, and in speed.</remarks>
internal static class PatternReader
{
    private const string Contractions = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
    private const string AfterNumbers = @"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    private static readonly Dictionary<string, Pattern> Expressions = new()
    {
        [@"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"] = new Gpt2Pattern(),
        [Contractions + @"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}" + AfterNumbers] = new Cl100kPattern(longestNumber: 3),
        [Contractions + @"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}" + AfterNumbers] = new Cl100kPattern(longestNumber: 1),
        [@"\s+"] = new RunPattern(character: null, minimum: 1),
        [@"\s"] = new ScalarPattern(ScalarTraits.WhiteSpace),
        [" {2,}"] = new RunPattern(' ', minimum: 2),
        [" +"] = new RunPattern(' ', minimum: 1),
        [@"\p{N}"] = new ScalarPattern(ScalarTraits.Number),
        [@"\w+|[^\w\s]+"] = new WordPattern(),
    };

    public static Pattern Read(JsonElement json, string path)
    {
        if (!json.TryGetProperty("pattern", out JsonElement pattern) || pattern.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("The setting pattern is neither a String nor a Regex.");
        }

        string? expression = JsonParts.OptionalText(pattern, "Regex");
        if (expression is null)
        {
            return ReadLiteral(JsonParts.Text(pattern, "String"), path);
        }

        return Expressions.GetValueOrDefault(expression) ?? throw new SpladeModelException(
            $"Found the regular expression {expression}, expected one of {string.Join("  ", Expressions.Keys)}. "
            + "Use a model whose tokenizer has one of these.",
            path);
    }

    private static LiteralPattern ReadLiteral(string literal, string path) => literal.Length > 0
        ? new LiteralPattern(literal)
        : throw new SpladeModelException(
            "Found a pattern that is an empty String, expected some characters. Remove the step that has it.", path);
}
