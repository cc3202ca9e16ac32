using System.Text.Json;
using Splade.AI.Tokenization.Models;

namespace Splade.AI.Tokenization.Loading;

/// <summary>Reads a <c>model</c> of type <c>BPE</c>.</summary>
internal static class BpeReader
{
    public static ModelContents Read(JsonElement json, bool isByteLevel, string path)
    {
        RefuseVariants(json, path);
        Dictionary<string, int> ids = JsonParts.Ids(json, "vocab");
        string[] tokens = ModelReader.OrderById(ids, path);
        var merges = new MergeTable(ReadMerges(json, ids, path));
        IBpeAlphabet alphabet = isByteLevel ? ReadBytes(ids, path) : ReadCharacters(json, ids, tokens, path);
        IEnumerable<string?> texts = isByteLevel ? tokens.Select(token => ByteAlphabet.TextOf(token)) : tokens;
        var model = new BpeModel(alphabet, merges, texts, JsonParts.Flag(json, "ignore_merges", absent: false));
        return new ModelContents(tokens, ids, model, isByteLevel ? TokenSpelling.Bytes : TokenSpelling.Characters);
    }

    private static void RefuseVariants(JsonElement json, string path)
    {
        JsonElement dropout = JsonParts.Part(json, "dropout");
        if (!JsonParts.IsAbsent(dropout) && !(dropout.ValueKind == JsonValueKind.Number && dropout.GetDouble() == 0))
        {
            throw new SpladeModelException(
                $"Found dropout {dropout}, expected none: it makes other tokens of the same text each time. Set dropout to null.", path);
        }

        string? prefix = JsonParts.OptionalText(json, "continuing_subword_prefix");
        string? suffix = JsonParts.OptionalText(json, "end_of_word_suffix");
        if (!string.IsNullOrEmpty(prefix) || !string.IsNullOrEmpty(suffix))
        {
            throw new SpladeModelException(
                $"Found continuing_subword_prefix '{prefix}' and end_of_word_suffix "
                + $"'{suffix}', expected neither in a BPE model. Use a model that marks spaces, not the ends of words.",
                path);
        }
    }

    private static ByteAlphabet ReadBytes(Dictionary<string, int> ids, string path)
    {
        return new ByteAlphabet([.. Enumerable.Range(0, byte.MaxValue + 1).Select(value => Find((byte)value))]);

        int Find(byte value) => ids.TryGetValue(ByteAlphabet.CharacterOf(value).ToString(), out int id)
            ? id
            : throw new SpladeModelException(
                $"Found no token '{ByteAlphabet.CharacterOf(value)}' for the byte {value:X2}, expected one for each of the 256 bytes "
                + "behind ByteLevel. Train the tokenizer with the whole alphabet.",
                path);
    }

    private static CharacterAlphabet ReadCharacters(JsonElement json, Dictionary<string, int> ids, string[] tokens, string path)
    {
        bool fusesUnknown = JsonParts.Flag(json, "fuse_unk", absent: false);
        if (JsonParts.Flag(json, "byte_fallback", absent: false))
        {
            return new CharacterAlphabet(tokens, ModelReader.FindBytes(ids, path), unknownId: -1, fusesUnknown);
        }

        string? unknown = JsonParts.OptionalText(json, "unk_token");
        if (unknown is null)
        {
            throw new SpladeModelException(
                "Found neither ByteLevel nor byte_fallback nor unk_token, expected one of them: what the model does not know would be "
                + "dropped. Name an unk_token.",
                path);
        }

        return new CharacterAlphabet(tokens, byteIds: null, ModelReader.FindUnknown(ids, unknown, path), fusesUnknown);
    }

    private static List<(int Left, int Right, int Merged)> ReadMerges(JsonElement json, Dictionary<string, int> ids, string path)
    {
        List<(int Left, int Right, int Merged)> merges = [];
        foreach (JsonElement merge in JsonParts.List(json, "merges"))
        {
            if (IsVersion(merge))
            {
                continue;
            }

            string[] parts = ReadMerge(merge);
            merges.Add((Find(parts[0]), Find(parts[1]), Find(parts[0] + parts[1])));
        }

        return merges;

        int Find(string token) => ids.TryGetValue(token, out int id)
            ? id
            : throw new SpladeModelException(
                $"Found '{token}' in merges, expected it in the vocabulary as well. Save the tokenizer again.", path);
    }

    // Older files have taken the first line of merges.txt along.
    private static bool IsVersion(JsonElement merge) =>
        merge.ValueKind == JsonValueKind.String && merge.GetString()!.StartsWith("#version", StringComparison.Ordinal);

    private static string[] ReadMerge(JsonElement merge)
    {
        string[] parts = merge.ValueKind switch
        {
            JsonValueKind.String => merge.GetString()!.Split(' '),
            JsonValueKind.Array when merge.EnumerateArray().All(part => part.ValueKind == JsonValueKind.String) =>
                [.. merge.EnumerateArray().Select(part => part.GetString()!)],
            _ => [],
        };

        return parts.Length == 2 ? parts : throw new JsonException("An element of merges is not two tokens.");
    }
}
