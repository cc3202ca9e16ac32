using System.Text.Json;

namespace Splade.AI.ModelFiles;

/// <summary>What a folder says of its SPLADE model, read and checked before the model is loaded.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
public sealed record SpladeModel
{
    private const string MaxPooling = "max";
    private const string Relu = "relu";

    private SpladeModel(TransformerFolder files) => Files = files;

    /// <summary>The folder's name, or <c>owner/name</c> for a model in the Hugging Face cache; also the model id of its embeddings.</summary>
    public string Name => Files.Name;

    /// <summary>The full path of the folder.</summary>
    public string Folder => Files.Path;

    /// <summary>The full path of the ONNX file.</summary>
    public string OnnxFile => Files.OnnxFile;

    /// <summary>The most tokens of a text that the model reads, special tokens included.</summary>
    public int MaxTokens => Files.MaxTokens;

    /// <summary>What is put before a text, by the name of its use (<c>query</c>, <c>document</c>).</summary>
    public IReadOnlyDictionary<string, string> Prompts => Files.Prompts;

    internal TransformerFolder Files { get; }

    /// <summary>Reads the description of a model from its folder.</summary>
    /// <param name="folder">A folder in the layout of Sentence Transformers, with an ONNX file in it.</param>
    /// <exception cref="SpladeModelException">A file is missing or wrong, or the model is of a kind that is not supported.</exception>
    public static SpladeModel Read(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        TransformerFolder files = TransformerFolder.Read(folder);
        if (files.Modules is not [{ Kind: "SpladePooling" } pooling])
        {
            string found = string.Join(", ", files.Modules.Select(m => m.Kind));
            throw new SpladeModelException(
                $"The modules after the transformer are [{found}]. Expected [SpladePooling]; a dense model goes to {nameof(DenseEmbeddingGenerator)}.",
                Path.Combine(files.Path, "modules.json"));
        }

        CheckPooling(Path.Combine(pooling.Folder, "config.json"));
        return new SpladeModel(files);
    }

    /// <summary>Some lines for a person to read.</summary>
    public override string ToString() => $"{Name}: SPLADE, max pooling, log1p(relu), at most {MaxTokens} tokens, {OnnxFile}";

    private static void CheckPooling(string path)
    {
        JsonElement config = JsonFile.Read(path);
        Require(path, "pooling_strategy", config.Text("pooling_strategy"), MaxPooling);
        Require(path, "activation_function", config.Text("activation_function") ?? Relu, Relu);
    }

    private static void Require(string path, string name, string? found, string expected)
    {
        if (found != expected)
        {
            throw new SpladeModelException($"'{name}' is '{found}'. Only '{expected}' is supported yet.", path);
        }
    }
}
