using System.Text.Json;

namespace Splade.AI.ModelFiles;

/// <summary>How many tokens of a text a model reads.</summary>
internal static class TokenLimit
{
    /// <summary>More than any model reads.</summary>
    private const int Most = 1 << 24;

    /// <summary>Names under which versions of Sentence Transformers keep their own settings of a transformer, newest first.</summary>
    private static readonly string[] OwnConfigs =
    [
        "sentence_bert_config.json", "sentence_roberta_config.json", "sentence_distilbert_config.json", "sentence_camembert_config.json",
        "sentence_albert_config.json", "sentence_xlm-roberta_config.json", "sentence_xlnet_config.json",
    ];

    /// <summary>Sentence Transformers' own settings of the transformer in a folder; null if it has none.</summary>
    public static JsonElement? OwnConfig(string folder) =>
        OwnConfigs.Select(name => JsonFile.ReadIfExists(Path.Combine(folder, name))).FirstOrDefault(config => config is not null);

    /// <summary>Refuses to read more tokens than a model does.</summary>
    /// <exception cref="ArgumentException">More are wanted.</exception>
    public static void Require(int? wanted, int limit, string parameter)
    {
        if (wanted > limit)
        {
            throw new ArgumentException($"MaxTokens is {wanted}, but the model reads at most {limit} tokens. Set it no higher, or leave it unset.", parameter);
        }
    }

    /// <summary>Its own limit first, else the tokenizer's, and never more than the model has positions for. 0 if nothing says.</summary>
    /// <exception cref="SpladeModelException">A limit is one that no model has.</exception>
    public static int Read(string folder, JsonElement? config)
    {
        int? tokenizer = JsonFile.ReadIfExists(Path.Combine(folder, "tokenizer_config.json"))?.Number("model_max_length");
        int? limit = Possible(OwnConfig(folder), "max_seq_length", folder) ?? (tokenizer > Most ? null : tokenizer);
        int tokens = Math.Min(limit ?? int.MaxValue, Possible(config, "max_position_embeddings", folder) ?? int.MaxValue);
        return tokens == int.MaxValue ? 0 : tokens;
    }

    // A tokenizer says "no limit" by a huge number; here one is a mistake.
    private static int? Possible(JsonElement? config, string name, string folder) => config?.Number(name) switch
    {
        null => null,
        >= 1 and <= Most and int limit => limit,
        int wrong => throw new SpladeModelException(
            $"'{name}' is {wrong}, expected from 1 to {Most}. Correct it in the file of the folder that says it, or copy that file again.", folder),
    };
}
