using System.Text.Json;

namespace Splade.AI.Tokenization.Loading;

/// <summary>Reads the <c>model</c> of a <c>tokenizer.json</c>.</summary>
internal static class WordPieceReader
{
    public static WordPieceJson Read(JsonElement json, string path)
    {
        if (JsonParts.IsAbsent(json))
        {
            throw new SpladeModelException("Found no model, expected one of type WordPiece. Fetch the file again.", path);
        }

        string? type = JsonParts.TypeOf(json);
        if (type != "WordPiece" && !(type is null && HasSettingsOfWordPiece(json)))
        {
            throw new SpladeModelException(
                $"Found a model of type {type ?? "none"}, expected WordPiece. Use a model whose tokenizer is BERT's.", path);
        }

        WordPieceJson settings = json.Deserialize(TokenizerJsonContext.Default.WordPieceJson)!;
        if (settings.MaxInputCharsPerWord < 1)
        {
            throw new SpladeModelException(
                $"Found max_input_chars_per_word {settings.MaxInputCharsPerWord}, expected at least 1; BERT has 100. "
                + "Every word would be unknown.",
                path);
        }

        return settings;
    }

    /// <summary>The tokens of the model by id.</summary>
    public static string[] ReadTokens(WordPieceJson model, string path)
    {
        var tokens = new string?[model.Vocab.Count];
        foreach ((string token, int id) in model.Vocab)
        {
            if (id < 0 || id >= tokens.Length || tokens[id] is not null)
            {
                throw new SpladeModelException(
                    $"Found id {id} for token '{token}', expected each id from 0 to {tokens.Length - 1} once. "
                    + "Save the tokenizer again from its vocabulary.",
                    path);
            }

            tokens[id] = token;
        }

        return tokens!;
    }

    public static WordPieceModel BuildModel(WordPieceJson model, string[] tokens, string path)
    {
        if (!model.Vocab.TryGetValue(model.UnkToken, out int unknownId))
        {
            throw new SpladeModelException(
                $"Found no token '{model.UnkToken}', which unk_token names, expected it in the vocabulary. "
                + "Correct unk_token or the vocabulary.",
                path);
        }

        return new WordPieceModel(tokens, unknownId, model.ContinuingSubwordPrefix, model.MaxInputCharsPerWord);
    }

    // Files written before the type was, such as that of bert-base-uncased, are told apart as Hugging Face does it: by what is in them.
    private static bool HasSettingsOfWordPiece(JsonElement json) =>
        json.TryGetProperty("max_input_chars_per_word", out _) && json.TryGetProperty("continuing_subword_prefix", out _);
}
