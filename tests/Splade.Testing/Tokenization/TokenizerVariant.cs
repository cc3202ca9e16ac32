using System.Text.Json.Nodes;
using Splade.AI.Tokenization;

namespace Splade.Testing.Tokenization;

/// <summary>The tokenizer of splade-tiny, or of a model of the tests, with other parts and further added tokens.</summary>
internal static class TokenizerVariant
{
    private static readonly string[] Parts = ["normalizer", "pre_tokenizer", "post_processor"];

    public static string SpladeTinyPath { get; } = Path.Combine(Repository.Models, "splade-tiny", "tokenizer.json");

    /// <summary>The path of a tokenizer of TestData/models.</summary>
    public static string PathOf(string model) => Path.Combine(Repository.TestData, "models", model, "tokenizer.json");

    /// <summary>Loads a variant of TestData/tokenizers/variants.json.</summary>
    public static Tokenizer Load(string name)
    {
        string variants = Path.Combine(Repository.TestData, "tokenizers", "variants.json");
        JsonNode variant = JsonNode.Parse(File.ReadAllText(variants))![name]!;
        string path = variant["base"] is JsonNode model ? PathOf(model.GetValue<string>()) : SpladeTinyPath;
        return Load(tokenizer => Change(tokenizer, variant), path);
    }

    /// <summary>Loads a tokenizer, that of splade-tiny if no other is named, after a change to its file.</summary>
    public static Tokenizer Load(Action<JsonNode> change, string? basePath = null)
    {
        JsonNode tokenizer = JsonNode.Parse(File.ReadAllText(basePath ?? SpladeTinyPath))!;
        change(tokenizer);
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, tokenizer.ToJsonString());
            return Tokenizer.Load(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void Change(JsonNode tokenizer, JsonNode variant)
    {
        JsonNode? published = tokenizer["normalizer"];
        foreach (string part in Parts.Where(part => variant.AsObject().ContainsKey(part)))
        {
            tokenizer[part] = variant[part]?.DeepClone();
        }

        PutBack(published, tokenizer["normalizer"]?["normalizers"]?.AsArray());
        JsonNode model = tokenizer["model"]!;
        foreach ((string setting, JsonNode? value) in variant["model"]?.AsObject() ?? [])
        {
            model[setting] = value?.DeepClone();
        }

        if (variant["byte_tokens"] is not null)
        {
            AddByteTokens(model["vocab"]!);
        }

        foreach (JsonNode? token in variant["added_tokens"]!.AsArray())
        {
            tokenizer["added_tokens"]!.AsArray().Add(token!.DeepClone());
        }
    }

    // "Precompiled" stands for the published normalizer, whose map is long.
    private static void PutBack(JsonNode? published, JsonArray? steps)
    {
        for (int i = 0; i < steps?.Count; i++)
        {
            if (steps[i] is JsonValue)
            {
                steps[i] = published!.DeepClone();
            }
        }
    }

    private static void AddByteTokens(JsonNode vocabulary)
    {
        for (int value = 0; value < 256; value++)
        {
            string token = $"<0x{value:X2}>";
            if (vocabulary is JsonArray list)
            {
                list.Add(new JsonArray(token, -9.5));
            }
            else
            {
                vocabulary[token] = vocabulary.AsObject().Count;
            }
        }
    }
}
