using System.Text.Json;
using Splade.AI.Files;

namespace Splade.AI.Tokenization.Loading;

/// <summary>The special tokens of a BERT model without <c>tokenizer.json</c>: those of its settings, or BERT's own.</summary>
internal sealed class BertSpecialTokens
{
    private static readonly (string Setting, string Default)[] Roles =
        [("pad_token", "[PAD]"), ("unk_token", "[UNK]"), ("cls_token", "[CLS]"), ("sep_token", "[SEP]"), ("mask_token", "[MASK]")];

    private static readonly string[] Flags = ["single_word", "lstrip", "rstrip", "normalized"];

    private readonly SortedDictionary<int, (string Content, JsonElement Token)> _added = [];
    private readonly Dictionary<string, (int Id, string Content)> _byRole = [];

    private BertSpecialTokens()
    {
    }

    /// <summary>What stands for words that the vocabulary lacks.</summary>
    public string Unknown => _byRole["unk_token"].Content;

    /// <exception cref="SpladeModelException">The vocabulary lacks one, or a setting is none.</exception>
    public static BertSpecialTokens Read(SettingsFile settings, Dictionary<string, int> ids, string path)
    {
        var tokens = new BertSpecialTokens();
        foreach ((string setting, string usual) in Roles)
        {
            JsonElement token = settings.Find(setting) ?? default;
            string content = token.ValueKind == JsonValueKind.Undefined ? usual : ContentOf(token) ?? throw settings.Refusal(setting, "a token", "Correct it.");
            int id = ids.TryGetValue(content, out int known) ? known : throw new SpladeModelException(
                $"The file lacks '{content}', the model's {setting}. Copy it again from its origin, with its tokenizer_config.json.", path);
            tokens._added[id] = (content, token);
            tokens._byRole[setting] = (id, content);
        }

        foreach (JsonProperty added in Listed(settings))
        {
            string content = ContentOf(added.Value) ?? throw settings.Refusal("added_tokens_decoder", "a token for each id", "Correct it.");
            tokens._added[int.TryParse(added.Name, out int id) ? id : throw settings.Refusal("added_tokens_decoder", "tokens by id", "Correct it.")] =
                (content, added.Value);
        }

        return tokens;
    }

    /// <summary>Refuses a <c>special_tokens_map.json</c> that names other tokens, or has them matched in another way.</summary>
    /// <exception cref="SpladeModelException">It does.</exception>
    public void RequireAgreement(SettingsFile map, string remedy)
    {
        foreach (JsonProperty setting in map.Json.EnumerateObject().Where(s => s.Value.ValueKind != JsonValueKind.Null))
        {
            if (_byRole.TryGetValue(setting.Name, out var role))
            {
                if (ContentOf(setting.Value) != role.Content || !IsMatchedAs(_added[role.Id].Token, setting.Value))
                {
                    throw map.Refusal(setting.Name, $"'{role.Content}', as the tokenizer has it", remedy);
                }
            }
            else if (!TokensOf(setting.Value).All(t => _added.Values.Any(a => a.Content == ContentOf(t))))
            {
                throw map.Refusal(setting.Name, "special tokens that tokenizer_config.json has too", remedy);
            }
        }
    }

    public void WriteAdded(Utf8JsonWriter json)
    {
        json.WriteStartArray("added_tokens");
        foreach ((int id, (string content, JsonElement token)) in _added)
        {
            json.WriteStartObject();
            json.WriteNumber("id", id);
            json.WriteString("content", content);
            foreach (string flag in Flags)
            {
                json.WriteBoolean(flag, token.IsTrue(flag));
            }

            json.WriteBoolean("special", token.Member("special", JsonValueKind.False) is null);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes what is put around a text.</summary>
    public void WriteTemplate(Utf8JsonWriter json)
    {
        json.WriteStartObject("post_processor");
        json.WriteString("type", "BertProcessing");
        foreach (string name in new[] { "sep", "cls" })
        {
            json.WriteStartArray(name);
            json.WriteStringValue(_byRole[$"{name}_token"].Content);
            json.WriteNumberValue(_byRole[$"{name}_token"].Id);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static IEnumerable<JsonProperty> Listed(SettingsFile settings) =>
        settings.Json.Member("added_tokens_decoder", JsonValueKind.Object)?.EnumerateObject() ?? Enumerable.Empty<JsonProperty>();

    private static IEnumerable<JsonElement> TokensOf(JsonElement tokens) => tokens.ValueKind switch
    {
        JsonValueKind.Array => tokens.EnumerateArray(),
        JsonValueKind.Object when tokens.Text("content") is null => tokens.EnumerateObject().Select(t => t.Value),
        _ => [tokens],
    };

    // A token that is text alone leaves open how it is matched.
    private static bool IsMatchedAs(JsonElement token, JsonElement mapped) =>
        mapped.ValueKind == JsonValueKind.String || Array.TrueForAll(Flags, flag => token.IsTrue(flag) == mapped.IsTrue(flag));

    private static string? ContentOf(JsonElement token) =>
        token.ValueKind == JsonValueKind.String ? token.GetString() : token.Text("content");
}
