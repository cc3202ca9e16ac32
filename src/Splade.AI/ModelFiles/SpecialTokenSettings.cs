using System.Text.Json;
using Splade.AI.Files;
using Splade.AI.Tokenization;

namespace Splade.AI.ModelFiles;

/// <summary>
/// The special tokens that <c>tokenizer_config.json</c> names: transformers adds those that <c>tokenizer.json</c> lacks, and matches by these flags.
/// </summary>
internal static class SpecialTokenSettings
{
    private const string Remedy = "Save the tokenizer again, so that its two files agree.";

    private static readonly string[] Single = ["bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token"];

    private static readonly string[] Several = ["additional_special_tokens", "extra_special_tokens", "added_tokens_decoder"];

    /// <summary>The text of a token: it is that, or an object that has it; null if it is neither.</summary>
    public static string? ContentOf(JsonElement? token) => token?.ValueKind switch
    {
        JsonValueKind.String => token.Value.GetString(),
        JsonValueKind.Object => token.Value.Text("content"),
        _ => null,
    };

    /// <exception cref="SpladeModelException">A token is none of the added tokens of tokenizer.json, or is matched in another way.</exception>
    public static void RequireAgreement(SettingsFile file, TokenizerFacts facts)
    {
        foreach ((string setting, JsonElement token) in Tokens(file))
        {
            if (ContentOf(token) is not { Length: > 0 } content)
            {
                continue;
            }

            ListedToken listed = facts.AddedTokens.GetValueOrDefault(content) ?? throw new SpladeModelException(
                $"'{setting}' names '{content}', which is none of the added_tokens of tokenizer.json. {Remedy}", file.Path);
            if (token.ValueKind == JsonValueKind.Object)
            {
                Require(setting, token, listed, facts, file.Path);
            }
        }
    }

    private static IEnumerable<(string Setting, JsonElement Token)> Tokens(SettingsFile file) =>
        Single.SelectMany(name => file.Find(name) is JsonElement token ? [(name, token)] : Array.Empty<(string, JsonElement)>())
        .Concat(Several.SelectMany(name => Elements(file.Find(name)).Select(token => (name, token))));

    private static IEnumerable<JsonElement> Elements(JsonElement? list) => list?.ValueKind switch
    {
        JsonValueKind.Array => list.Value.EnumerateArray(),
        JsonValueKind.Object => list.Value.EnumerateObject().Select(p => p.Value),
        _ => [],
    };

    // Where nothing is normalized it is of no account whether the token is.
    private static void Require(string setting, JsonElement token, ListedToken listed, TokenizerFacts facts, string path)
    {
        foreach ((string flag, bool value) in new[]
        {
            ("lstrip", listed.Lstrip), ("rstrip", listed.Rstrip), ("single_word", listed.SingleWord), ("normalized", listed.Normalized),
        })
        {
            if (token.Member(flag, value ? JsonValueKind.False : JsonValueKind.True) is not null && (flag != "normalized" || facts.Normalizes))
            {
                (string here, string there) = value ? ("false", "true") : ("true", "false");
                throw new SpladeModelException(
                    $"'{setting}' says '{flag}' {here} of '{listed.Content}', and tokenizer.json says {there}. {Remedy}", path);
            }
        }
    }
}
