using System.Text.Json;

namespace Splade.AI.Tokenization.Loading;

/// <summary>Reads the <c>model</c> of a <c>tokenizer.json</c>.</summary>
internal static class ModelReader
{
    public static ModelContents Read(JsonElement json, PreTokenization preTokenization, string path)
    {
        if (JsonParts.IsAbsent(json))
        {
            throw new SpladeModelException("Found no model, expected one of type WordPiece, BPE or Unigram. Fetch the file again.", path);
        }

        string? type = JsonParts.TypeOf(json) ?? GuessType(json);
        if (preTokenization.IsByteLevel && type is "WordPiece" or "Unigram")
        {
            throw new SpladeModelException(
                $"Found a model of type {type} behind ByteLevel, expected BPE: its tokens are no bytes. Correct the pre_tokenizer.", path);
        }

        return type switch
        {
            "WordPiece" => WordPieceReader.Read(json, preTokenization, path),
            "BPE" => BpeReader.Read(json, preTokenization.IsByteLevel, path),
            "Unigram" => UnigramReader.Read(json, path),
            _ => throw new SpladeModelException(
                $"Found a model of type {type ?? "none"}, expected WordPiece, BPE or Unigram. "
                + "Use a model whose tokenizer has one of these.",
                path),
        };
    }

    /// <summary>The tokens by id.</summary>
    public static string[] OrderById(Dictionary<string, int> ids, string path)
    {
        var tokens = new string?[ids.Count];
        foreach ((string token, int id) in ids)
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

    /// <summary>The id of the token that stands for what the model does not know.</summary>
    public static int FindUnknown(Dictionary<string, int> ids, string token, string path) => ids.TryGetValue(token, out int id)
        ? id
        : throw new SpladeModelException(
            $"Found no token '{token}', which unk_token names, expected it in the vocabulary. Correct unk_token or the vocabulary.", path);

    /// <summary>The ids of the 256 tokens for bytes, from &lt;0x00&gt; on: what <c>byte_fallback</c> falls back on.</summary>
    public static int[] FindBytes(Dictionary<string, int> ids, string path)
    {
        return [.. Enumerable.Range(0, byte.MaxValue + 1).Select(value => Find($"<0x{value:X2}>"))];

        int Find(string token) => ids.TryGetValue(token, out int id)
            ? id
            : throw new SpladeModelException(
                $"Found byte_fallback true and no token {token}, expected one for each byte. Add the tokens or set byte_fallback to false.",
                path);
    }

    // Files written before the type was, such as that of bert-base-uncased, are told apart as Hugging Face does it: by what is in them.
    private static string? GuessType(JsonElement json)
    {
        return Has("max_input_chars_per_word") && Has("continuing_subword_prefix") ? "WordPiece"
            : Has("merges") ? "BPE"
            : Has("unk_id") ? "Unigram"
            : null;

        bool Has(string setting) => json.TryGetProperty(setting, out _);
    }
}
