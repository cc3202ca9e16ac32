using System.Text.Json;
using Splade.AI.Tokenization.Models;

namespace Splade.AI.Tokenization.Loading;

/// <summary>Reads a <c>model</c> of type <c>BPE</c>.</summary>
internal static class BpeReader
{
    public static ModelContents Read(JsonElement json, bool isByteLevel, string path)
    {
        BpeJson settings = json.Deserialize(TokenizerJsonContext.Default.BpeJson)!;
        RefuseVariants(settings, path);
        string[] tokens = ModelReader.OrderById(settings.Vocab, path);
        var merges = new MergeTable(ReadMerges(settings, path));
        IBpeAlphabet alphabet = isByteLevel ? ReadBytes(settings, path) : ReadCharacters(settings, tokens, path);
        IEnumerable<string?> texts = isByteLevel ? tokens.Select(token => ByteAlphabet.TextOf(token)) : tokens;
        var model = new BpeModel(alphabet, merges, texts, settings.IgnoreMerges ?? false);
        return new ModelContents(tokens, settings.Vocab, model, isByteLevel ? TokenSpelling.Bytes : TokenSpelling.Characters);
    }

    private static void RefuseVariants(BpeJson settings, string path)
    {
        if (settings.Dropout is double dropout and not 0)
        {
            throw new SpladeModelException(
                $"Found dropout {dropout}, expected none: it makes other tokens of the same text each time. Set dropout to null.", path);
        }

        if (!string.IsNullOrEmpty(settings.ContinuingSubwordPrefix) || !string.IsNullOrEmpty(settings.EndOfWordSuffix))
        {
            throw new SpladeModelException(
                $"Found continuing_subword_prefix '{settings.ContinuingSubwordPrefix}' and end_of_word_suffix "
                + $"'{settings.EndOfWordSuffix}', expected neither in a BPE model. Use a model that marks spaces, not the ends of words.",
                path);
        }
    }

    private static ByteAlphabet ReadBytes(BpeJson settings, string path)
    {
        return new ByteAlphabet([.. Enumerable.Range(0, byte.MaxValue + 1).Select(value => Find((byte)value))]);

        int Find(byte value) => settings.Vocab.TryGetValue(ByteAlphabet.CharacterOf(value).ToString(), out int id)
            ? id
            : throw new SpladeModelException(
                $"Found no token '{ByteAlphabet.CharacterOf(value)}' for the byte {value:X2}, expected one for each of the 256 bytes "
                + "behind ByteLevel. Train the tokenizer with the whole alphabet.",
                path);
    }

    private static CharacterAlphabet ReadCharacters(BpeJson settings, string[] tokens, string path)
    {
        bool fusesUnknown = settings.FuseUnk ?? false;
        if (settings.ByteFallback ?? false)
        {
            return new CharacterAlphabet(tokens, ModelReader.FindBytes(settings.Vocab, path), unknownId: -1, fusesUnknown);
        }

        if (settings.UnkToken is null)
        {
            throw new SpladeModelException(
                "Found neither ByteLevel nor byte_fallback nor unk_token, expected one of them: what the model does not know would be "
                + "dropped. Name an unk_token.",
                path);
        }

        return new CharacterAlphabet(tokens, byteIds: null, ModelReader.FindUnknown(settings.Vocab, settings.UnkToken, path), fusesUnknown);
    }

    private static List<(int Left, int Right, int Merged)> ReadMerges(BpeJson settings, string path)
    {
        List<(int Left, int Right, int Merged)> merges = new(settings.Merges.Length);
        foreach (JsonElement merge in settings.Merges)
        {
            if (IsVersion(merge))
            {
                continue;
            }

            string[] parts = ReadMerge(merge);
            merges.Add((Find(parts[0]), Find(parts[1]), Find(parts[0] + parts[1])));
        }

        return merges;

        int Find(string token) => settings.Vocab.TryGetValue(token, out int id)
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
