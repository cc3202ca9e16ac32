using System.Text.Json;
using Splade.AI.Tokenization.Models;

namespace Splade.AI.Tokenization.Loading;

/// <summary>Reads a <c>model</c> of type <c>WordPiece</c>.</summary>
internal static class WordPieceReader
{
    public static ModelContents Read(JsonElement json, PreTokenization preTokenization, string path)
    {
        int maxWordLength = JsonParts.Integer(json, "max_input_chars_per_word");
        if (maxWordLength < 1)
        {
            throw new SpladeModelException(
                $"Found max_input_chars_per_word {maxWordLength}, expected at least 1; BERT has 100. "
                + "Every word would be unknown.",
                path);
        }

        if (preTokenization.Steps.Count == 0)
        {
            throw new SpladeModelException(
                "Found no pre_tokenizer, expected BertPreTokenizer: without it a whole text would be one word. Use a BERT-like model.",
                path);
        }

        Dictionary<string, int> ids = JsonParts.Ids(json, "vocab");
        string[] tokens = ModelReader.OrderById(ids, path);
        int unknown = ModelReader.FindUnknown(ids, JsonParts.Text(json, "unk_token"), path);
        string prefix = JsonParts.Text(json, "continuing_subword_prefix");
        var model = new WordPieceModel(tokens, unknown, prefix, maxWordLength);
        return new ModelContents(tokens, ids, model, TokenSpelling.WordPiece(prefix));
    }
}
