using System.Text.Json;
using Splade.AI.Files;

namespace Splade.AI.ModelFiles;

/// <summary>How many tokens of a text a model reads.</summary>
internal static class TokenLimit
{
    /// <summary>More than any model reads.</summary>
    private const int Most = 1 << 24;

    /// <summary>Refuses to read more tokens than a model does.</summary>
    /// <exception cref="ArgumentException">More are wanted.</exception>
    public static void Require(int? wanted, int limit, string parameter)
    {
        if (wanted > limit)
        {
            throw new ArgumentException($"MaxTokens is {wanted}, but the model reads at most {limit} tokens. Set it no higher, or leave it unset.", parameter);
        }
    }

    /// <summary>Its own limit first, else the tokenizer's, and never more than the model has positions for. Null if nothing says.</summary>
    /// <param name="own">What Sentence Transformers' own settings say.</param>
    /// <param name="tokenizer">What the tokenizer's settings say.</param>
    /// <param name="config">The model's configuration; null where there is none.</param>
    /// <param name="folder">Where they say it.</param>
    /// <param name="graph">What the graph has positions for, where that is known.</param>
    /// <exception cref="SpladeModelException">A limit is one that no model has.</exception>
    public static int? Of(int? own, int? tokenizer, JsonElement? config, string folder, int? graph = null)
    {
        int? limit = Possible(own, "max_seq_length", folder) ?? (tokenizer > Most ? null : tokenizer);
        int positions = Possible(config?.Number("max_position_embeddings"), "max_position_embeddings", folder) - LeftOut(config) ?? int.MaxValue;
        int tokens = Math.Min(Math.Min(limit ?? int.MaxValue, positions), graph ?? int.MaxValue);
        return tokens == int.MaxValue ? null : tokens;
    }

    /// <summary>
    /// The limit of a model as FastEmbed takes it: of the two that the tokenizer's settings may say the lower, and no more than there are positions for.
    /// </summary>
    /// <exception cref="SpladeModelException">No file says, or it is no number of tokens that a model can read.</exception>
    public static int OfFastEmbed(TokenizerConfig tokenizer, JsonElement config, string folder) => Require(
        Of(own: null, Math.Min(tokenizer.MaxLength ?? int.MaxValue, tokenizer.SavedLength ?? int.MaxValue), config, folder), folder);

    /// <summary>The limit of a model, which must have one.</summary>
    /// <exception cref="SpladeModelException">No file says, or it is no number of tokens that a model can read.</exception>
    public static int Require(int? tokens, string folder) => tokens > 2 ? tokens.Value : throw new SpladeModelException(
        "No file says how many tokens the model reads. Expected 'max_seq_length' in sentence_bert_config.json, "
        + "'model_max_length' in tokenizer_config.json or 'max_position_embeddings' in config.json.", folder);

    // RoBERTa's first token has the position after that of the padding.
    private static int LeftOut(JsonElement? config) => config?.Text("model_type") is "roberta" or "camembert" or "xlm-roberta"
        ? (config?.Number("pad_token_id") ?? TransformerFolder.DefaultPadTokenId("roberta")) + 1
        : 0;

    // A tokenizer says "no limit" by a huge number; here one is a mistake.
    private static int? Possible(int? limit, string name, string folder) => limit is null or (>= 1 and <= Most) ? limit : throw new SpladeModelException(
        $"'{name}' is {limit}, expected from 1 to {Most}. Correct it in the file of the folder that says it, or copy that file again.", folder);
}
