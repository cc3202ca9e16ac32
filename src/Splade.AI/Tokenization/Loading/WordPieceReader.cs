using System.Text.Json;
using Splade.AI.Tokenization.Models;

namespace Splade.AI.Tokenization.Loading;

/// <summary>Reads a <c>model</c> of type <c>WordPiece</c>.</summary>
internal static class WordPieceReader
{
    public static ModelContents Read(JsonElement json, PreTokenization preTokenization, string path)
    {
        WordPieceJson settings = json.Deserialize(TokenizerJsonContext.Default.WordPieceJson)!;
        if (settings.MaxInputCharsPerWord < 1)
        {
            throw new SpladeModelException(
                $"Found max_input_chars_per_word {settings.MaxInputCharsPerWord}, expected at least 1; BERT has 100. "
                + "Every word would be unknown.",
                path);
        }

        if (preTokenization.Steps.Count == 0)
        {
            throw new SpladeModelException(
                "Found no pre_tokenizer, expected BertPreTokenizer: without it a whole text would be one word. Use a BERT-like model.",
                path);
        }

        string[] tokens = ModelReader.OrderById(settings.Vocab, path);
        int unknown = ModelReader.FindUnknown(settings.Vocab, settings.UnkToken, path);
        var model = new WordPieceModel(tokens, unknown, settings.ContinuingSubwordPrefix, settings.MaxInputCharsPerWord);
        return new ModelContents(tokens, settings.Vocab, model, TokenSpelling.WordPiece(settings.ContinuingSubwordPrefix));
    }
}
