using System.Globalization;
using System.Text.Json;
using Splade.AI.Tokenization;

namespace Splade.AI.ModelFiles;

/// <summary>Reads the weight of each token of a query vocabulary, from whichever form a folder has them in.</summary>
internal static class StaticQueryWeights
{
    /// <param name="folder">Where they lie.</param>
    /// <param name="vocabulary">The vocabulary of queries.</param>
    /// <returns>One weight for each entry of the vocabulary; 0 for tokens that the file does not name.</returns>
    public static float[] Read(StaticQueryFolder folder, Vocabulary vocabulary)
    {
        string path = folder.WeightsFile;
        float[] weights = Path.GetExtension(path) switch
        {
            ".safetensors" => SafetensorsFile.ReadVector(path, "weight"),
            ".json" => ByToken(JsonPairs(path), vocabulary, folder),
            _ => ByToken(TextPairs(path), vocabulary, folder),
        };
        if (weights.Length < vocabulary.Count)
        {
            throw new SpladeModelException(
                $"The file has {weights.Length} weights, expected {vocabulary.Count}, one for each entry of the vocabulary.", path);
        }

        // There may be more, as in heads that were made wider than the vocabulary: no token has them.
        Array.Resize(ref weights, vocabulary.Count);
        int bad = Array.FindIndex(weights, w => !float.IsFinite(w));
        return bad < 0 ? weights : throw new SpladeModelException($"The weight of token {bad} is {weights[bad]}, expected a finite number.", path);
    }

    private static float[] ByToken(IEnumerable<(string Token, float Weight)> pairs, Vocabulary vocabulary, StaticQueryFolder folder)
    {
        float[] weights = new float[vocabulary.Count];
        int? unknown = null;
        foreach ((string token, float weight) in pairs)
        {
            if (vocabulary.TryGetId(token, out int id))
            {
                weights[id] = weight;
            }
            else if (folder.IsModule)
            {
                weights[unknown ??= FindUnknown(token, vocabulary, folder)] = weight;
            }
        }

        return weights;
    }

    private static int FindUnknown(string token, Vocabulary vocabulary, StaticQueryFolder folder) =>
        folder.TokenizerConfig.UnknownToken is string unknown && vocabulary.TryGetId(unknown, out int id) ? id : throw new SpladeModelException(
            $"The file has a weight for '{token}', which is not in the vocabulary of tokenizer.json, and tokenizer_config.json names no unk_token.",
            folder.WeightsFile);

    // {"token": weight, ...}
    private static IEnumerable<(string Token, float Weight)> JsonPairs(string path)
    {
        JsonElement json = JsonFile.Read(path);
        return json.ValueKind == JsonValueKind.Object && json.EnumerateObject().All(p => p.Value.ValueKind == JsonValueKind.Number)
            ? json.EnumerateObject().Select(p => (p.Name, p.Value.GetSingle()))
            : throw new SpladeModelException("Expected an object with a weight for each token.", path);
    }

    // One token and its weight to a line, with a tab between.
    private static IEnumerable<(string Token, float Weight)> TextPairs(string path)
    {
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            if (line.Length == 0)
            {
                continue;
            }

            yield return line.Split('\t') is [string token, string weight]
                && float.TryParse(weight, NumberStyles.Float, CultureInfo.InvariantCulture, out float value)
                ? (token, value)
                : throw new SpladeModelException($"Line {number} is not a token, a tab and a weight.", path);
        }
    }
}
