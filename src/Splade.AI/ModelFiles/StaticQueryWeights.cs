using System.Globalization;
using System.Text.Json;
using Splade.AI.Files;
using Splade.AI.Tokenization;
using Splade.AI.Weights;

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
            ".safetensors" => ReadVector(path, "weight", vocabulary.Count),
            ".json" => ByToken(JsonPairs(path), vocabulary, folder),
            _ => ByToken(TextPairs(path), vocabulary, folder),
        };
        int bad = Array.FindIndex(weights, w => !(float.IsFinite(w) && w >= 0));
        return bad < 0 ? weights : throw new SpladeModelException(
            $"The weight of token {bad} is {weights[bad]}, expected a finite number of 0 or more: a sparse vector has no negative weights. "
            + "Use the file as its model was published.",
            path);
    }

    private static float[] ReadVector(string path, string name, int count)
    {
        IReadOnlyDictionary<string, WeightTensor> tensors = SafetensorsFile.Read(path);
        WeightTensor tensor = tensors.GetValueOrDefault(name)
            ?? throw new SpladeModelException($"The file has no tensor '{name}', only [{string.Join(", ", tensors.Keys)}].", path);
        long[] sizes = [.. tensor.Shape.Where(d => d != 1)];
        if (tensor.Type != WeightType.Float32 || sizes is not [long length])
        {
            throw new SpladeModelException($"'{name}' is {tensor}, expected a vector of F32.", path);
        }

        // There may be more than the vocabulary has, as in heads that were made wider: no token has those.
        return length >= count
            ? SafetensorsFile.ReadFloats(tensor, count)
            : throw new SpladeModelException($"The file has {length} weights, expected {count}, one for each entry of the vocabulary.", path);
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
        JsonElement json = JsonFile.Read(path, CheckedFile.MaxTable);
        return json.EnumerateObject().All(p => p.Value.ValueKind == JsonValueKind.Number)
            ? json.EnumerateObject().Select(p => (p.Name, p.Value.GetSingle()))
            : throw new SpladeModelException("Expected an object with a weight for each token.", path);
    }

    // One token and its weight to a line, with a tab between.
    private static IEnumerable<(string Token, float Weight)> TextPairs(string path)
    {
        using var reader = new StreamReader(CheckedFile.OpenRead(path, CheckedFile.MaxTable));
        int number = 0;
        while (reader.ReadLine() is string line)
        {
            number++;
            if (line.Length == 0 && reader.Peek() < 0)
            {
                // An editor has put a line end after the last line.
                yield break;
            }

            yield return line.Split('\t') is [string token, string weight]
                && float.TryParse(weight, NumberStyles.Float, CultureInfo.InvariantCulture, out float value)
                ? (token, value)
                : throw new SpladeModelException($"Line {number} is not a token, a tab and a weight.", path);
        }
    }
}
