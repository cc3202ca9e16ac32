using System.Text.Json;

namespace Splade.AI.Tokenization.Loading;

/// <summary>Reads the <c>post_processor</c> of a <c>tokenizer.json</c>.</summary>
internal static class PostProcessorReader
{
    public static PostProcessing Read(JsonElement json, Vocabulary vocabulary, string path)
    {
        var nothing = new PostProcessing(new TokenTemplate([], []));
        return JsonParts.IsAbsent(json) ? nothing : Add(nothing, json, vocabulary, path);
    }

    private static PostProcessing Add(PostProcessing before, JsonElement json, Vocabulary vocabulary, string path)
    {
        string type = JsonParts.TypeOf(json) ?? throw new JsonException("The post_processor has no type.");
        if (type == "Sequence")
        {
            return JsonParts.List(json, "processors").Aggregate(before, (sum, step) => Add(sum, step, vocabulary, path));
        }

        if (type != "ByteLevel")
        {
            return AddTemplate(before, type, json, vocabulary, path);
        }

        // Behind the template the first token of the text would not be the first of all, which Hugging Face asks for.
        Refuse(before.TrimsOffsets || before.Template.Count > 0, "ByteLevel", path);
        return before with { TrimsOffsets = JsonParts.Flag(json, "trim_offsets"), KeepsPrefix = JsonParts.Flag(json, "add_prefix_space") };
    }

    private static PostProcessing AddTemplate(PostProcessing before, string type, JsonElement json, Vocabulary vocabulary, string path)
    {
        Refuse(before.Template.Count > 0 || (before.TrimsOffsets && type == "RobertaProcessing"), type, path);
        return type switch
        {
            "TemplateProcessing" => before with { Template = ReadTemplate(json, vocabulary, path) },
            "BertProcessing" => before with { Template = ReadPair(json, vocabulary, path) },
            "RobertaProcessing" => new PostProcessing(
                ReadPair(json, vocabulary, path), JsonParts.Flag(json, "trim_offsets"), JsonParts.Flag(json, "add_prefix_space")),
            _ => throw new SpladeModelException(
                $"Found a post_processor of type {type}, expected TemplateProcessing, BertProcessing, RobertaProcessing, "
                + "ByteLevel, Sequence or none. Use a model whose tokenizer has one of these.",
                path),
        };
    }

    private static void Refuse(bool isSecond, string type, string path)
    {
        if (isSecond)
        {
            throw new SpladeModelException(
                $"Found a post_processor of type {type} after another that does the same, expected at most a ByteLevel and after it "
                + "one with the tokens around a text. Remove one.",
                path);
        }
    }

    private static TokenTemplate ReadPair(JsonElement json, Vocabulary vocabulary, string path) =>
        new([ReadId(json, "cls", vocabulary, path)], [ReadId(json, "sep", vocabulary, path)]);

    /// <summary>The id of a token that is written as its text and its id.</summary>
    public static int ReadId(JsonElement json, string name, Vocabulary vocabulary, string path)
    {
        JsonElement tokenAndId = JsonParts.Part(json, name);
        return tokenAndId.ValueKind == JsonValueKind.Array && tokenAndId.GetArrayLength() == 2
            ? CheckId(JsonParts.Integer(tokenAndId[1]), vocabulary, path)
            : throw new JsonException("A token of BertProcessing or RobertaProcessing is not an array of its text and its id.");
    }

    private static TokenTemplate ReadTemplate(JsonElement json, Vocabulary vocabulary, string path)
    {
        List<int> before = [];
        List<int> after = [];
        int texts = 0;
        foreach (JsonElement piece in JsonParts.List(json, "single"))
        {
            if (ReadReference(piece, "SpecialToken") is string token)
            {
                (texts == 0 ? before : after).AddRange(ReadIds(token, json, vocabulary, path));
                continue;
            }

            string? text = ReadReference(piece, "Sequence");
            texts++;
            if (text != "A")
            {
                throw new SpladeModelException(
                    $"Found sequence '{text ?? "none"}' in the template for a single text, expected A. Correct post_processor.single.", path);
            }
        }

        if (texts != 1)
        {
            throw new SpladeModelException(
                $"Found the text {texts} times in the template for a single text, expected once. Correct post_processor.single.", path);
        }

        return new TokenTemplate([.. before], [.. after]);
    }

    /// <summary>The special token, or the text (A or B), that stands at a place of a template, or null.</summary>
    public static string? ReadReference(JsonElement piece, string kind) =>
        piece.ValueKind == JsonValueKind.Object && JsonParts.Part(piece, kind) is { ValueKind: JsonValueKind.Object } reference
            ? JsonParts.Text(reference, "id")
            : null;

    /// <summary>The ids of a special token of a template.</summary>
    public static IEnumerable<int> ReadIds(string token, JsonElement json, Vocabulary vocabulary, string path)
    {
        JsonElement special = JsonParts.Part(JsonParts.Object(JsonParts.Part(json, "special_tokens")), token);
        if (JsonParts.IsAbsent(special))
        {
            throw new SpladeModelException(
                $"Found special token '{token}' in the template, expected it in post_processor.special_tokens as well. Add it there.",
                path);
        }

        return JsonParts.List(JsonParts.Object(special), "ids").Select(id => CheckId(JsonParts.Integer(id), vocabulary, path));
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
