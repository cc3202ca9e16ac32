using System.Text.Json;

namespace Splade.AI.Files;

/// <summary>Settings that vectors depend on must be of their kind, wherever they stand: one of another kind would count as absent.</summary>
internal static class SettingKinds
{
    private static readonly string[] Numbers =
    [
        "model_max_length", "max_seq_length", "max_position_embeddings", "truncate_dim", "vocab_size", "hidden_size", "embedding_dimension",
        "word_embedding_dimension",
    ];

    private static readonly string[] Texts = ["default_prompt_name", "similarity_fn_name", "model_type", "pooling_strategy", "activation_function"];

    /// <exception cref="SpladeModelException">A setting is of another kind, or a number that is not whole.</exception>
    public static void Require(SettingsFile file)
    {
        foreach (string name in Numbers)
        {
            if (file.Find(name) is JsonElement value && !(value.ValueKind == JsonValueKind.Number && IsWhole(value)))
            {
                throw Refusal(name, value, "a whole number", file.Path);
            }
        }

        foreach (string name in Texts)
        {
            if (file.Find(name) is JsonElement value && value.ValueKind != JsonValueKind.String)
            {
                throw Refusal(name, value, "text", file.Path);
            }
        }
    }

    private static bool IsWhole(JsonElement number) => number.TryGetDouble(out double value) && double.IsInteger(value);

    private static SpladeModelException Refusal(string name, JsonElement value, string expected, string path)
    {
        string found = value.GetRawText();
        return new($"'{name}' is {(found.Length > 40 ? found[..40] + "..." : found)}, expected {expected}. Correct it, or copy the file again.", path);
    }
}
