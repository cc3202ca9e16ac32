using System.Text.Json;

namespace Splade.AI.Tokenization.Loading;

/// <summary>Reads the <c>normalizer</c> of a <c>tokenizer.json</c>.</summary>
internal static class NormalizerReader
{
    public static BertNormalizer Read(JsonElement json, string path)
    {
        if (JsonParts.IsAbsent(json))
        {
            return BertNormalizer.None;
        }

        if (JsonParts.TypeOf(json) is var type && type != "BertNormalizer")
        {
            throw new SpladeModelException(
                $"Found a normalizer of type {type}, expected BertNormalizer or none. Use a model whose tokenizer is BERT's.", path);
        }

        BertNormalizerJson settings = json.Deserialize(TokenizerJsonContext.Default.BertNormalizerJson)!;
        return new BertNormalizer
        {
            CleansText = settings.CleanText,
            SeparatesChinese = settings.HandleChineseChars,
            StripsAccents = settings.StripAccents ?? settings.Lowercase,
            Lowers = settings.Lowercase,
        };
    }
}
