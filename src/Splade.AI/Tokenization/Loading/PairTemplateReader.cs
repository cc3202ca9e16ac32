using System.Text.Json;

namespace Splade.AI.Tokenization.Loading;

/// <summary>Reads the template for pairs of texts from the <c>post_processor</c> of a <c>tokenizer.json</c>.</summary>
internal static class PairTemplateReader
{
    /// <exception cref="SpladeModelException">There is none, or it is one that is not supported.</exception>
    public static PairTemplate Read(JsonElement json, Vocabulary vocabulary, string path)
    {
        PairPiece[] pieces = JsonParts.IsAbsent(json) ? [] : [.. Pieces(json, vocabulary, path)];
        foreach ((PairPart part, string name) in new[] { (PairPart.First, "A"), (PairPart.Second, "B") })
        {
            int count = pieces.Count(piece => piece.Part == part);
            if (count != 1)
            {
                throw new SpladeModelException(
                    $"Found the text {name} {count} times in the template for pairs of texts, expected once. A reranker's tokenizer says in post_processor what "
                    + "stands between query and text: save the tokenizer again.",
                    path);
            }
        }

        return new PairTemplate(pieces);
    }

    private static IEnumerable<PairPiece> Pieces(JsonElement json, Vocabulary vocabulary, string path) => JsonParts.TypeOf(json) switch
    {
        "Sequence" => JsonParts.List(json, "processors").SelectMany(step => Pieces(step, vocabulary, path)),
        "TemplateProcessing" => JsonParts.List(json, "pair").SelectMany(piece => Read(piece, json, vocabulary, path)),
        "BertProcessing" => Around(json, between: 1, type: 1, vocabulary, path),
        "RobertaProcessing" => Around(json, between: 2, type: 0, vocabulary, path),
        _ => [],
    };

    // The type is that of the second text and of what stands behind it.
    private static IEnumerable<PairPiece> Around(JsonElement json, int between, int type, Vocabulary vocabulary, string path)
    {
        PairPiece start = new(PairPart.Special, 0) { Id = PostProcessorReader.ReadId(json, "cls", vocabulary, path) };
        PairPiece separator = new(PairPart.Special, 0) { Id = PostProcessorReader.ReadId(json, "sep", vocabulary, path) };
        return
        [
            start, new PairPiece(PairPart.First, 0), .. Enumerable.Repeat(separator, between),
            new PairPiece(PairPart.Second, type), separator with { Type = type },
        ];
    }

    private static IEnumerable<PairPiece> Read(JsonElement piece, JsonElement json, Vocabulary vocabulary, string path)
    {
        if (PostProcessorReader.ReadReference(piece, "SpecialToken") is string token)
        {
            int type = TypeOf(piece, "SpecialToken");
            return PostProcessorReader.ReadIds(token, json, vocabulary, path).Select(id => new PairPiece(PairPart.Special, type) { Id = id });
        }

        string? text = PostProcessorReader.ReadReference(piece, "Sequence");
        PairPart part = text switch
        {
            "A" => PairPart.First,
            "B" => PairPart.Second,
            _ => throw new SpladeModelException(
                $"Found sequence '{text ?? "none"}' in the template for pairs of texts, expected A or B. Correct post_processor.pair.", path),
        };
        return [new PairPiece(part, TypeOf(piece, "Sequence"))];
    }

    private static int TypeOf(JsonElement piece, string kind) => JsonParts.Integer(JsonParts.Part(piece, kind), "type_id");
}
