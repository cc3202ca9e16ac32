using System.Text.Json;

namespace Splade.AI.Tokenization.Loading;

/// <summary>Reads a <c>tokenizer.json</c> into a tokenizer, and refuses what it would not tokenize exactly as Hugging Face does.</summary>
internal static class TokenizerLoader
{
    private const string SupportedVersion = "1.0";

    public static Tokenizer Load(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            TokenizerJson? json = JsonSerializer.Deserialize(stream, TokenizerJsonContext.Default.TokenizerJson);
            return Build(json ?? throw new JsonException("The file holds null."), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SpladeModelException($"The file cannot be read: {e.Message} Expected a tokenizer.json beside the model.", path, e);
        }
        catch (JsonException e)
        {
            throw new SpladeModelException(
                $"Found no well-formed tokenizer: {e.Message} Expected a tokenizer.json as Hugging Face's tokenizers writes it. "
                + "Fetch the file again, or save it again with transformers' PreTrainedTokenizerFast.save_pretrained.",
                path,
                e);
        }
    }

    private static WordPieceTokenizer Build(TokenizerJson json, string path)
    {
        if (json.Version != SupportedVersion)
        {
            throw new SpladeModelException(
                $"Found version {json.Version ?? "none"}, expected {SupportedVersion}. Use a tokenizers release that writes it.",
                path);
        }

        PreTokenizerReader.Check(json.PreTokenizer, path);
        BertNormalizer normalizer = NormalizerReader.Read(json.Normalizer, path);
        WordPieceJson model = WordPieceReader.Read(json.Model, path);
        string[] modelTokens = WordPieceReader.ReadTokens(model, path);
        AddedTokenJson[] added = AddedTokenReader.Read(json.AddedTokens);
        Vocabulary vocabulary = AddedTokenReader.Extend(modelTokens, model.Vocab, added, path);
        return new WordPieceTokenizer(
            vocabulary,
            new AddedTokenMatcher(AddedTokenReader.ReadVerbatim(added)),
            new AddedTokenMatcher(AddedTokenReader.ReadNormalized(added, normalizer, path)),
            PostProcessorReader.Read(json.PostProcessor, vocabulary, path),
            normalizer,
            WordPieceReader.BuildModel(model, modelTokens, path));
    }
}
