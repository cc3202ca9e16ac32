using System.Text.Json;
using Splade.AI.Tokenization.Models;
using Splade.AI.Tokenization.Normalizers;
using Splade.AI.Tokenization.PreTokenizers;

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
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: JsonElement has found half a surrogate pair.
            throw new SpladeModelException(
                $"Found no well-formed tokenizer: {e.Message} Expected a tokenizer.json as Hugging Face's tokenizers writes it. "
                + "Fetch the file again, or save it again with transformers' PreTrainedTokenizerFast.save_pretrained.",
                path,
                e);
        }
    }

    private static Tokenizer Build(TokenizerJson json, string path)
    {
        if (json.Version != SupportedVersion)
        {
            throw new SpladeModelException(
                $"Found version {json.Version ?? "none"}, expected {SupportedVersion}. Use a tokenizers release that writes it.",
                path);
        }

        NormalizerChain normalizers = NormalizerReader.Read(json.Normalizer, path);
        PreTokenization preTokenization = PreTokenizerReader.Read(json.PreTokenizer, path);
        ModelContents model = ModelReader.Read(json.Model, preTokenization, path);
        TokenizerParts parts = ReadParts(json, model, normalizers, path);
        bool isBert = preTokenization.IsBert && parts.Trimmer is null;
        return (model.Model, normalizers.Steps) switch
        {
            (WordPieceModel wordPiece, [BertNormalizer normalizer]) when isBert => new WordPieceTokenizer(parts, normalizer, wordPiece),
            (WordPieceModel wordPiece, []) when isBert => new WordPieceTokenizer(parts, BertNormalizer.None, wordPiece),
            _ => new PipelineTokenizer(parts, normalizers, new WordPipeline([.. preTokenization.Steps], model.Model)),
        };
    }

    private static TokenizerParts ReadParts(TokenizerJson json, ModelContents model, NormalizerChain normalizers, string path)
    {
        AddedTokenJson[] added = AddedTokenReader.Read(json.AddedTokens);
        Vocabulary vocabulary = AddedTokenReader.Extend(model.Tokens, model.Ids, added, path);
        PostProcessing post = PostProcessorReader.Read(json.PostProcessor, vocabulary, path);
        if (post.TrimsOffsets && model.Model is UnigramModel)
        {
            throw new SpladeModelException(
                "Found trim_offsets true and a model of type Unigram, expected it with WordPiece and BPE only. Set trim_offsets to false.",
                path);
        }

        return new TokenizerParts(
            vocabulary,
            new AddedTokenMatcher(AddedTokenReader.ReadVerbatim(added)),
            new AddedTokenMatcher(AddedTokenReader.ReadNormalized(added, normalizers, path)),
            post.Template,
            post.TrimsOffsets ? new OffsetTrimmer(vocabulary, post.KeepsPrefix) : null,
            model.Spelling);
    }
}
