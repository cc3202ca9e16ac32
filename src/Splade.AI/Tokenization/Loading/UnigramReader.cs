using System.Text.Json;
using Splade.AI.Tokenization.Models;

namespace Splade.AI.Tokenization.Loading;

/// <summary>Reads a <c>model</c> of type <c>Unigram</c>.</summary>
internal static class UnigramReader
{
    public static ModelContents Read(JsonElement json, string path)
    {
        List<string> tokens = [];
        List<double> scores = [];
        var ids = new Dictionary<string, int>();
        foreach (JsonElement entry in JsonParts.List(json, "vocab"))
        {
            (string token, double score) = ReadEntry(entry);
            if (!ids.TryAdd(token, tokens.Count))
            {
                throw new SpladeModelException(
                    $"Found token '{token}' twice in the vocabulary, with ids {ids[token]} and {tokens.Count}, expected it once. "
                    + "Save the tokenizer again.",
                    path);
            }

            tokens.Add(token);
            scores.Add(score);
        }

        int unknown = ReadUnknown(json, tokens.Count, path);
        int[]? byteIds = JsonParts.Flag(json, "byte_fallback", absent: false) ? ModelReader.FindBytes(ids, path) : null;
        return new ModelContents([.. tokens], ids, new UnigramModel(tokens, [.. scores], unknown, byteIds), TokenSpelling.Characters);
    }

    private static (string Token, double Score) ReadEntry(JsonElement entry)
    {
        if (entry.ValueKind == JsonValueKind.Array
            && entry.GetArrayLength() == 2
            && entry[0].ValueKind == JsonValueKind.String
            && entry[1].ValueKind == JsonValueKind.Number
            && entry[1].GetDouble() is var score
            && double.IsFinite(score))
        {
            return (entry[0].GetString()!, score);
        }

        throw new JsonException("An element of vocab is not a token and its score.");
    }

    private static int ReadUnknown(JsonElement json, int count, string path)
    {
        bool isThere = json.TryGetProperty("unk_id", out JsonElement value) && value.ValueKind == JsonValueKind.Number;
        int id = isThere && value.TryGetInt32(out int number) ? number : -1;
        if (id < 0 || id >= count)
        {
            throw new SpladeModelException(
                $"Found unk_id {(isThere ? value.GetRawText() : "missing")}, expected an id of the vocabulary, 0 to {count - 1}. "
                + "Set it to the id of the unknown token.",
                path);
        }

        return id;
    }
}
