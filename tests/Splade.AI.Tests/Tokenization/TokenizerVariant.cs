using System.Text.Json.Nodes;
using Splade.AI.Tests.TestData;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.Tokenization;

/// <summary>The tokenizer of splade-tiny with another normalizer and further added tokens.</summary>
internal static class TokenizerVariant
{
    public static string SpladeTinyPath { get; } = Path.Combine(Repository.Models, "splade-tiny", "tokenizer.json");

    /// <summary>Loads a variant of TestData/tokenizers/variants.json.</summary>
    public static Tokenizer Load(string name)
    {
        string variants = Path.Combine(Repository.TestData, "tokenizers", "variants.json");
        JsonNode variant = JsonNode.Parse(File.ReadAllText(variants))![name]!;
        return Load(tokenizer =>
        {
            tokenizer["normalizer"] = variant["normalizer"]?.DeepClone();
            foreach (JsonNode? token in variant["added_tokens"]!.AsArray())
            {
                tokenizer["added_tokens"]!.AsArray().Add(token!.DeepClone());
            }
        });
    }

    /// <summary>Loads the tokenizer after a change to its file.</summary>
    public static Tokenizer Load(Action<JsonNode> change)
    {
        JsonNode tokenizer = JsonNode.Parse(File.ReadAllText(SpladeTinyPath))!;
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
}
