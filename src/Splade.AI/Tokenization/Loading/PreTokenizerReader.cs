using System.Text.Json;

namespace Splade.AI.Tokenization.Loading;

/// <summary>Checks the <c>pre_tokenizer</c> of a <c>tokenizer.json</c>.</summary>
internal static class PreTokenizerReader
{
    public static void Check(JsonElement json, string path)
    {
        if (JsonParts.IsAbsent(json))
        {
            throw new SpladeModelException(
                "Found no pre_tokenizer, expected BertPreTokenizer: without it a whole text would be one word. Use a BERT-like model.",
                path);
        }

        if (JsonParts.TypeOf(json) is var type && type != "BertPreTokenizer")
        {
            throw new SpladeModelException(
                $"Found a pre_tokenizer of type {type}, expected BertPreTokenizer. Use a model whose tokenizer is BERT's.", path);
        }
    }
}
