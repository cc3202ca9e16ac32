using System.Text.Json;

namespace Splade.AI.ModelFiles;

/// <summary>How many tokens of a text a model reads.</summary>
internal static class TokenLimit
{
    /// <summary>No model has as many positions: such a number is a mistake, or stands for no limit.</summary>
    private const int Most = 1 << 20;

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
    public static int? Of(int? own, int? tokenizer, JsonElement? config)
    {
        int tokens = Math.Min(own ?? tokenizer ?? int.MaxValue, config?.Number("max_position_embeddings") ?? int.MaxValue);
        return tokens == int.MaxValue ? null : tokens;
    }

    /// <summary>The limit of a model, which must have one.</summary>
    /// <exception cref="SpladeModelException">No file says, or it is no number of tokens that a model can read.</exception>
    public static int Require(int? tokens, string folder) => tokens switch
    {
        > Most => throw new SpladeModelException(
            $"The files say that the model reads {tokens} tokens, expected at most {Most}. {Remedy}", folder),
        > 2 => tokens.Value,
        _ => throw new SpladeModelException($"No file says how many tokens the model reads. {Remedy}", folder),
    };

    private const string Remedy = "Expected 'max_seq_length' in sentence_bert_config.json, "
        + "'model_max_length' in tokenizer_config.json or 'max_position_embeddings' in config.json.";
}
