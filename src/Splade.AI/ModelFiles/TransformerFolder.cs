using System.Text.Json;

namespace Splade.AI.ModelFiles;

/// <summary>The files of one transformer: what every model with an ONNX file has, whatever is made of its output.</summary>
internal sealed record TransformerFolder
{
    private TransformerFolder()
    {
    }

    public required OnnxFileChoice Onnx { get; init; }

    public required string TokenizerFile { get; init; }

    /// <summary>The class of the model, for example <c>BertForMaskedLM</c>; null if the configuration does not say.</summary>
    public required string? Architecture { get; init; }

    /// <summary>The most tokens of a text that the model reads, special tokens included.</summary>
    public required int MaxTokens { get; init; }

    public required int PadTokenId { get; init; }

    /// <summary>How many token ids the model has; null if the configuration does not say.</summary>
    public required int? VocabularySize { get; init; }

    /// <summary>How many numbers the model has inside for each token; null if the configuration does not say.</summary>
    public required int? HiddenSize { get; init; }

    /// <summary>Whether texts are lower-cased before they reach the tokenizer.</summary>
    public required bool LowerCases { get; init; }

    public static TransformerFolder Read(string folder, string? onnxFile)
    {
        JsonElement config = JsonFile.Read(Path.Combine(folder, "config.json"));
        return new TransformerFolder
        {
            Onnx = OnnxFileChoice.Find(folder, onnxFile),
            TokenizerFile = FindTokenizer(folder),
            Architecture = Architectures(config).FirstOrDefault(),
            MaxTokens = RequireLimit(TokenLimit.Read(folder, config), folder),
            PadTokenId = config.Number("pad_token_id") ?? 0,
            VocabularySize = config.Number("vocab_size"),
            HiddenSize = config.Number("hidden_size") ?? config.Number("dim"),
            LowerCases = TokenLimit.OwnConfig(folder)?.IsTrue("do_lower_case") ?? false,
        };
    }

    /// <summary>The tokenizer of a folder, in its fast form.</summary>
    public static string FindTokenizer(string folder)
    {
        string file = Path.Combine(folder, "tokenizer.json");
        return ModelFile.Exists(file) ? file : throw new SpladeModelException(
            "The file is missing. Expected the tokenizer in its fast form; vocab.txt alone does not say how to normalise a text.", file);
    }

    /// <summary>Whether the configuration in a folder is that of a masked language model, which Sentence Transformers reads as SPLADE.</summary>
    public static bool IsMaskedLanguageModel(string folder) =>
        Architectures(JsonFile.Read(Path.Combine(folder, "config.json"))).Any(name => name.EndsWith("ForMaskedLM", StringComparison.Ordinal));

    private static IEnumerable<string> Architectures(JsonElement config) =>
        config.Member("architectures", JsonValueKind.Array) is JsonElement names
            ? names.EnumerateArray().Where(n => n.ValueKind == JsonValueKind.String).Select(n => n.GetString()!)
            : [];

    private static int RequireLimit(int tokens, string folder) => tokens > 2 ? tokens : throw new SpladeModelException(
        "No file says how many tokens the model reads. Expected 'max_seq_length' in sentence_bert_config.json, "
        + "'model_max_length' in tokenizer_config.json or 'max_position_embeddings' in config.json.", folder);
}
