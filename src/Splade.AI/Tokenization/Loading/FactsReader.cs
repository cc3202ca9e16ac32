using System.Text.Json;
using Splade.AI.Tokenization.Normalizers;

namespace Splade.AI.Tokenization.Loading;

/// <summary>Reads what other files of a model may contradict.</summary>
internal static class FactsReader
{
    public static TokenizerFacts Read(JsonElement json, AddedTokenJson[] added, NormalizerChain normalizers) => new()
    {
        TruncatesLeft = ReadSide(JsonParts.Part(json, "truncation")),
        Normalizes = normalizers.Steps.Count > 0,
        Normalizer = TypeOf(JsonParts.Part(json, "normalizer")) == "BertNormalizer" ? normalizers.Steps[0] as BertNormalizer : null,
        AddsPrefixSpace = ReadPrefix(JsonParts.Part(json, "pre_tokenizer")),
        HasTokenTypes = HasTokenTypes(JsonParts.Part(json, "post_processor")),
        AddedTokens = added.GroupBy(t => t.Content, StringComparer.Ordinal).ToDictionary(same => same.Key, same => Listed(same.Last()), StringComparer.Ordinal),
    };

    private static bool ReadSide(JsonElement truncation) => !JsonParts.IsAbsent(truncation)
        && JsonParts.OptionalText(JsonParts.Object(truncation, "The truncation"), "direction") switch
        {
            "Right" or null => false,
            "Left" => true,
            string other => throw new JsonException($"The direction of truncation is {other}, not Left or Right."),
        };

    private static bool? ReadPrefix(JsonElement preTokenizer) =>
        TypeOf(preTokenizer) == "ByteLevel" ? JsonParts.Flag(preTokenizer, "add_prefix_space") : null;

    private static bool HasTokenTypes(JsonElement processor) => TypeOf(processor) switch
    {
        "TemplateProcessing" => JsonParts.List(processor, "single").Any(HasType),
        "Sequence" => JsonParts.List(processor, "processors").Any(HasTokenTypes),
        _ => false,
    };

    // Each piece is an object with one member, that of its kind.
    private static bool HasType(JsonElement piece) => piece.EnumerateObject().Any(kind =>
        JsonParts.Object(kind.Value).TryGetProperty("type_id", out JsonElement type) && JsonParts.Integer(type) != 0);

    private static string? TypeOf(JsonElement part) => JsonParts.IsAbsent(part) ? null : JsonParts.TypeOf(part);

    private static ListedToken Listed(AddedTokenJson token) => new(token.Content, token.SingleWord, token.Lstrip, token.Rstrip, token.Normalized);
}
