using System.Text.Json;
using Splade.AI.Files;
using Splade.AI.Tokenization.Models;
using Splade.AI.Tokenization.Normalizers;
using Splade.AI.Tokenization.PreTokenizers;

namespace Splade.AI.Tokenization.Loading;

/// <summary>Reads a <c>tokenizer.json</c> into a tokenizer, and refuses what it would not tokenize exactly as Hugging Face does.</summary>
internal static class TokenizerLoader
{
    private const string SupportedVersion = "1.0";

    /// <summary>The most bytes of a file. Those of the largest vocabularies, of a million entries, come to half.</summary>
    private const long MaxLength = 128L << 20;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public static Tokenizer Load(string path)
    {
        return WellFormed(
            () =>
            {
                using JsonDocument file = JsonDocument.Parse(Read(path));
                return Build(file.RootElement, path);
            },
            path);
    }

    private static T WellFormed<T>(Func<T> read, string path)
    {
        try
        {
            return read();
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

    private static ReadOnlyMemory<byte> Read(string path) => Path.GetFileName(path) == BertTokenizerJson.FileName
        ? BertTokenizerJson.Write(path, MaxLength)
        : WithoutMark(RegularFile.ReadAllBytes(path, MaxLength));

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> file) =>
        file.Span.StartsWith(ByteOrderMark) ? file[ByteOrderMark.Length..] : file;

    private static Tokenizer Build(JsonElement json, string path)
    {
        string? version = JsonParts.OptionalText(JsonParts.Object(json), "version");
        if (version != SupportedVersion)
        {
            throw new SpladeModelException(
                $"Found version {version ?? "none"}, expected {SupportedVersion}. Use a tokenizers release that writes it.",
                path);
        }

        NormalizerChain normalizers = NormalizerReader.Read(JsonParts.Part(json, "normalizer"), path);
        PreTokenization preTokenization = PreTokenizerReader.Read(JsonParts.Part(json, "pre_tokenizer"), path);
        ModelContents model = ModelReader.Read(JsonParts.Part(json, "model"), preTokenization, path);
        TokenizerParts parts = ReadParts(json, model, normalizers, path);
        bool isBert = preTokenization.IsBert && parts.Trimmer is null;
        return (model.Model, normalizers.Steps) switch
        {
            (WordPieceModel wordPiece, [BertNormalizer normalizer]) when isBert => new WordPieceTokenizer(parts, normalizer, wordPiece),
            (WordPieceModel wordPiece, []) when isBert => new WordPieceTokenizer(parts, BertNormalizer.None, wordPiece),
            _ => new PipelineTokenizer(parts, normalizers, new WordPipeline([.. preTokenization.Steps], model.Model)),
        };
    }

    private static TokenizerParts ReadParts(JsonElement json, ModelContents model, NormalizerChain normalizers, string path)
    {
        AddedTokenJson[] added = AddedTokenReader.Read(JsonParts.Part(json, "added_tokens"));
        Vocabulary vocabulary = AddedTokenReader.Extend(model.Tokens, model.Ids, added, path);
        PostProcessing post = PostProcessorReader.Read(JsonParts.Part(json, "post_processor"), vocabulary, path);
        if (post.TrimsOffsets && model.Model is UnigramModel)
        {
            throw new SpladeModelException(
                "Found trim_offsets true and a model of type Unigram, expected it with WordPiece and BPE only. Set trim_offsets to false.",
                path);
        }

        JsonElement processor = JsonParts.Part(json, "post_processor") is { ValueKind: not JsonValueKind.Undefined } there ? there.Clone() : default;
        return new TokenizerParts(
            vocabulary,
            new AddedTokenMatcher(AddedTokenReader.ReadVerbatim(added)),
            new AddedTokenMatcher(AddedTokenReader.ReadNormalized(added, normalizers, path)),
            post.Template,
            post.TrimsOffsets ? new OffsetTrimmer(vocabulary, post.KeepsPrefix) : null,
            model.Spelling)
        {
            Pairs = new Lazy<PairTemplate>(() => WellFormed(() => PairTemplateReader.Read(processor, vocabulary, path), path)),
            Facts = FactsReader.Read(json, added, normalizers),
        };
    }
}
