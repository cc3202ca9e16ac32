using System.Collections.Frozen;
using System.Text.Json;
using Splade.AI.ModelFiles.Hub;

namespace Splade.AI.ModelFiles;

/// <summary>What every Sentence Transformers folder with an ONNX file has, whatever it makes of the model's output.</summary>
internal sealed record TransformerFolder
{
    private TransformerFolder(string folder, IReadOnlyList<ModelModule> modules)
    {
        Path = folder;
        Modules = modules;
    }

    public string Path { get; }

    /// <summary>The steps after the transformer.</summary>
    public IReadOnlyList<ModelModule> Modules { get; }

    // A snapshot's folder is named by its commit, which says nothing to anybody.
    public string Name => ModelName.OfSnapshot(Path) ?? System.IO.Path.GetFileName(Path);

    public required string OnnxFile { get; init; }

    public required string TokenizerFile { get; init; }

    /// <summary>The most tokens of a text that the model reads, special tokens included.</summary>
    public required int MaxTokens { get; init; }

    public required int PadTokenId { get; init; }

    /// <summary>What is put before a text, by the name of its use.</summary>
    public required IReadOnlyDictionary<string, string> Prompts { get; init; }

    public static TransformerFolder Read(string folder)
    {
        folder = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(folder));
        if (!Directory.Exists(folder))
        {
            throw new SpladeModelException("There is no such folder. Expected the folder of a model, not the name of one or a file in it.", folder);
        }

        IReadOnlyList<ModelModule> modules = ModelModule.ReadAll(folder);
        if (modules[0].Kind is not ("Transformer" or "MLMTransformer"))
        {
            throw new SpladeModelException(
                $"The first module is '{modules[0].Kind}'. Expected 'Transformer' or 'MLMTransformer'; other kinds are not supported yet.",
                System.IO.Path.Combine(folder, "modules.json"));
        }

        string root = modules[0].Folder;
        JsonElement config = JsonFile.Read(System.IO.Path.Combine(root, "config.json"));
        return new TransformerFolder(folder, modules.Skip(1).ToArray())
        {
            OnnxFile = FindOnnxFile(root),
            TokenizerFile = FindTokenizer(root),
            MaxTokens = ReadMaxTokens(root, config),
            PadTokenId = config.Number("pad_token_id") ?? 0,
            Prompts = ReadPrompts(folder),
        };
    }

    /// <summary>The prompt for documents or queries, chosen as Sentence Transformers' <c>encode_document</c> and <c>encode_query</c> do.</summary>
    public string PromptFor(SpladeInputType inputType)
    {
        string[] names = inputType == SpladeInputType.Query ? ["query"] : ["document", "passage", "corpus"];
        return names.Select(name => Prompts.GetValueOrDefault(name)).FirstOrDefault(prompt => prompt is not null) ?? "";
    }

    private static string FindOnnxFile(string root)
    {
        string[] candidates = [System.IO.Path.Combine(root, "onnx", "model.onnx"), System.IO.Path.Combine(root, "model.onnx")];
        return candidates.FirstOrDefault(File.Exists) ?? throw new SpladeModelException(
            "The folder has no ONNX file. Expected onnx/model.onnx or model.onnx; export one with Hugging Face Optimum.", root);
    }

    private static string FindTokenizer(string root)
    {
        string file = System.IO.Path.Combine(root, "tokenizer.json");
        return File.Exists(file) ? file : throw new SpladeModelException(
            "The file is missing. Expected the tokenizer in its fast form; vocab.txt alone does not say how to normalise a text.", file);
    }

    // Sentence Transformers: its own limit first, else the tokenizer's, and never more than the model has positions for.
    private static int ReadMaxTokens(string root, JsonElement config)
    {
        int? limit = JsonFile.ReadIfExists(System.IO.Path.Combine(root, "sentence_bert_config.json"))?.Number("max_seq_length")
            ?? JsonFile.ReadIfExists(System.IO.Path.Combine(root, "tokenizer_config.json"))?.Number("model_max_length");
        int positions = config.Number("max_position_embeddings") ?? int.MaxValue;
        int tokens = Math.Min(limit ?? int.MaxValue, positions);
        return tokens is > 2 and < int.MaxValue ? tokens : throw new SpladeModelException(
            "No file says how many tokens the model reads. Expected 'max_seq_length' in sentence_bert_config.json, "
            + "'model_max_length' in tokenizer_config.json or 'max_position_embeddings' in config.json.", root);
    }

    private static FrozenDictionary<string, string> ReadPrompts(string folder)
    {
        JsonElement? prompts = JsonFile.ReadIfExists(System.IO.Path.Combine(folder, "config_sentence_transformers.json"))
            ?.Member("prompts", JsonValueKind.Object);
        IEnumerable<JsonProperty> named = prompts is JsonElement found ? found.EnumerateObject() : [];
        return named
            .Where(p => p.Value.ValueKind == JsonValueKind.String)
            .ToFrozenDictionary(p => p.Name, p => p.Value.GetString()!, StringComparer.Ordinal);
    }
}
