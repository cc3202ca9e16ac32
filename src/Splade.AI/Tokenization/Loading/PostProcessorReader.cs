using System.Text.Json;

namespace Splade.AI.Tokenization.Loading;

/// <summary>Reads the <c>post_processor</c> of a <c>tokenizer.json</c>.</summary>
internal static class PostProcessorReader
{
    public static TokenTemplate Read(JsonElement json, Vocabulary vocabulary, string path)
    {
        if (JsonParts.IsAbsent(json))
        {
            return new TokenTemplate([], []);
        }

        return JsonParts.TypeOf(json) switch
        {
            "TemplateProcessing" => Read(json.Deserialize(TokenizerJsonContext.Default.TemplateProcessingJson)!, vocabulary, path),
            "BertProcessing" => Read(json.Deserialize(TokenizerJsonContext.Default.BertProcessingJson)!, vocabulary, path),
            string type => throw new SpladeModelException(
                $"Found a post_processor of type {type}, expected TemplateProcessing, BertProcessing or none. "
                + "Use a model whose tokenizer is BERT's.",
                path),
            null => throw new JsonException("The post_processor has no type."),
        };
    }

    private static TokenTemplate Read(BertProcessingJson json, Vocabulary vocabulary, string path) =>
        new([ReadId(json.Cls, vocabulary, path)], [ReadId(json.Sep, vocabulary, path)]);

    private static int ReadId(JsonElement[] tokenAndId, Vocabulary vocabulary, string path)
    {
        if (tokenAndId is not [_, { ValueKind: JsonValueKind.Number } id] || !id.TryGetInt32(out int value))
        {
            throw new JsonException("A token of BertProcessing is not an array of its text and its id.");
        }

        return CheckId(value, vocabulary, path);
    }

    private static TokenTemplate Read(TemplateProcessingJson json, Vocabulary vocabulary, string path)
    {
        List<int> before = [];
        List<int> after = [];
        int texts = 0;
        foreach (TemplatePieceJson? piece in json.Single)
        {
            if (piece?.SpecialToken is not null)
            {
                (texts == 0 ? before : after).AddRange(ReadIds(piece.SpecialToken.Id, json, vocabulary, path));
            }
            else if (piece?.Sequence?.Id == "A")
            {
                texts++;
            }
            else
            {
                throw new SpladeModelException(
                    $"Found sequence '{piece?.Sequence?.Id ?? "none"}' in the template for a single text, expected A. "
                    + "Correct post_processor.single.",
                    path);
            }
        }

        if (texts != 1)
        {
            throw new SpladeModelException(
                $"Found the text {texts} times in the template for a single text, expected once. Correct post_processor.single.", path);
        }

        return new TokenTemplate([.. before], [.. after]);
    }

    private static IEnumerable<int> ReadIds(string token, TemplateProcessingJson json, Vocabulary vocabulary, string path)
    {
        if (!json.SpecialTokens.TryGetValue(token, out TemplateTokenJson? special) || special is null)
        {
            throw new SpladeModelException(
                $"Found special token '{token}' in the template, expected it in post_processor.special_tokens as well. Add it there.",
                path);
        }

        return special.Ids.Select(id => CheckId(id, vocabulary, path));
    }

    private static int CheckId(int id, Vocabulary vocabulary, string path)
    {
        if (id < 0 || id >= vocabulary.Count)
        {
            throw new SpladeModelException(
                $"Found id {id} in post_processor, expected an id of the vocabulary, 0 to {vocabulary.Count - 1}. Save the tokenizer again.",
                path);
        }

        return id;
    }
}
