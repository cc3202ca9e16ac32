using System.Text.Json;
using Splade.AI.Files;
using Splade.AI.Tokenization;
using Splade.AI.Tokenization.Loading;

namespace Splade.AI.ModelFiles;

/// <summary>The files of one transformer: what every model with an ONNX file has, whatever is made of its output.</summary>
internal sealed record TransformerFolder
{
    private TransformerFolder()
    {
    }

    /// <summary>Its full path.</summary>
    public required string Path { get; init; }

    /// <summary>What is loaded.</summary>
    public required ModelSource Source { get; init; }

    /// <summary>The files that say how texts are tokenized, and how the graph is written where it is: all that vectors depend on beside the weights.</summary>
    public required IReadOnlyList<string> TextFiles { get; init; }

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

    /// <summary>What the tokenizer's second file says.</summary>
    public required TokenizerConfig TokenizerConfig { get; init; }

    /// <summary>Settings of the folder's files that nobody here has heard of.</summary>
    public required IReadOnlyList<string> UnknownSettings { get; init; }

    /// <exception cref="SpladeModelException">A file is missing or wrong, or says something that is not supported.</exception>
    public static TransformerFolder Read(string folder, TransformerTask task, string? modelFile)
    {
        string configFile = System.IO.Path.Combine(folder, "config.json");
        JsonElement config = JsonFile.Read(configFile);
        var own = TransformerSettings.Read(folder, task);
        var tokenizer = TokenizerConfig.Read(folder);
        string tokenizerFile = FindTokenizer(folder);
        ModelSource source = ModelSource.Find(folder, modelFile, config, task);
        return new TransformerFolder
        {
            Path = folder,
            Source = source,
            TokenizerFile = tokenizerFile,
            TextFiles = [.. TokenizerFiles(tokenizerFile), .. source.Graph.Written is null ? Array.Empty<string>() : [configFile]],
            Architecture = ArchitecturesOf(config).FirstOrDefault(),
            MaxTokens = TokenLimit.Require(TokenLimit.Of(own.MaxLength, tokenizer.MaxLength, config, folder, source.MaxTokens), folder),
            PadTokenId = config.Number("pad_token_id") ?? DefaultPadTokenId(config.Text("model_type")),
            VocabularySize = config.Number("vocab_size"),
            HiddenSize = config.Number("hidden_size") ?? config.Number("dim"),
            LowerCases = own.LowerCases,
            TokenizerConfig = tokenizer,
            UnknownSettings = [.. own.Unknown, .. tokenizer.Unknown, .. source.UnknownSettings],
        };
    }

    /// <summary>The tokenizer of a folder, in its fast form; of a BERT model without it, the vocabulary.</summary>
    public static string FindTokenizer(string folder)
    {
        string file = System.IO.Path.Combine(folder, "tokenizer.json");
        if (CheckedFile.Exists(file))
        {
            return file;
        }

        string vocabulary = System.IO.Path.Combine(folder, BertTokenizerJson.FileName);
        bool isBert = JsonFile.ReadIfExists(System.IO.Path.Combine(folder, "config.json"))?.Text("model_type") is "bert" or "distilbert";
        return isBert && CheckedFile.Exists(vocabulary) ? vocabulary : throw new SpladeModelException(
            "The file is missing. Expected the tokenizer in its fast form, or "
            + $"{BertTokenizerJson.FileName} where config.json says 'model_type' bert or distilbert.",
            file);
    }

    /// <summary>The files that say how texts are tokenized.</summary>
    public static IReadOnlyList<string> TokenizerFiles(string tokenizerFile)
    {
        string config = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(tokenizerFile)!, "tokenizer_config.json");
        return System.IO.Path.GetFileName(tokenizerFile) == BertTokenizerJson.FileName && CheckedFile.Exists(config) ? [tokenizerFile, config] : [tokenizerFile];
    }

    /// <summary>Whether a text that is too long loses its first tokens, and not its last.</summary>
    public bool TruncatesLeft(Tokenizer tokenizer) => TokenizerConfig.TruncatesLeft ?? tokenizer.Facts.TruncatesLeft;

    /// <summary>Whether a configuration is that of a masked language model, which Sentence Transformers reads as SPLADE.</summary>
    public static bool IsMaskedLanguageModel(JsonElement config) =>
        ArchitecturesOf(config).Any(name => name.EndsWith("ForMaskedLM", StringComparison.Ordinal));

    /// <summary>The classes that a configuration names.</summary>
    public static IEnumerable<string> ArchitecturesOf(JsonElement config) =>
        config.Member("architectures", JsonValueKind.Array) is JsonElement names
            ? names.EnumerateArray().Where(n => n.ValueKind == JsonValueKind.String).Select(n => n.GetString()!)
            : [];

    /// <summary>What the classes of these models take where nothing is said: RoBERTa counts positions by it.</summary>
    public static int DefaultPadTokenId(string? modelType) => modelType switch
    {
        "roberta" or "camembert" or "xlm-roberta" or "gte" => 1,
        "modernbert" => 50283,
        _ => 0,
    };
}
