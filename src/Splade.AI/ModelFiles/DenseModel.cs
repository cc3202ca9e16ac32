using System.Text.Json;

namespace Splade.AI.ModelFiles;

/// <summary>What a folder says of its dense model, read and checked before the model is loaded.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
public sealed class DenseModel
{
    private DenseModel(ModelFolder files, TransformerFolder transformer)
    {
        Files = files;
        Transformer = transformer;
    }

    /// <summary>The folder's name, or <c>owner/name</c> for a model in the Hugging Face cache; also the model id of its embeddings.</summary>
    public string Name => Files.Name;

    /// <summary>The full path of the folder.</summary>
    public string Folder => Files.Path;

    /// <summary>The most tokens of a text that the model reads, special tokens included.</summary>
    public int MaxTokens => Transformer.MaxTokens;

    /// <summary>The full path of the ONNX file.</summary>
    public string OnnxFile => Transformer.Onnx.Path;

    /// <summary>What is put before a text, by the name of its use (<c>query</c>, <c>document</c>).</summary>
    public IReadOnlyDictionary<string, string> Prompts => Files.Prompts;

    /// <summary>How the vectors of a text's tokens become one.</summary>
    public DensePooling Pooling { get; private init; }

    /// <summary>Whether vectors are scaled to length 1.</summary>
    public bool Normalize { get; private init; }

    internal ModelFolder Files { get; }

    /// <summary>The size of a vector; null if the folder does not say.</summary>
    internal int? Dimensions { get; private init; }

    internal TransformerFolder Transformer { get; }

    /// <summary>Reads the description of a model from its folder.</summary>
    /// <param name="folder">A folder in the layout of Sentence Transformers, with an ONNX file in it.</param>
    /// <param name="onnxFile">Which ONNX file to use, by its path in the transformer's folder; null for the plain one.</param>
    /// <exception cref="SpladeModelException">A file is missing or wrong, or the model is of a kind that is not supported.</exception>
    public static DenseModel Read(string folder, string? onnxFile = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ModelFolder files = ModelFolder.Read(folder);
        ModelModule[] modules = [.. files.Modules ?? []];
        if (modules is not [{ IsTransformer: true } transformer, { Kind: "Pooling" } pooling, .. ModelModule[] rest]
            || rest is not ([] or [{ Kind: "Normalize" }]))
        {
            throw new SpladeModelException(
                $"The modules are {ModelModule.Kinds(modules)}. Expected [Transformer, Pooling] or [Transformer, Pooling, Normalize]; "
                + $"a SPLADE model goes to {nameof(SpladeEngine)}.",
                Path.Combine(files.Path, "modules.json"));
        }

        string path = Path.Combine(pooling.Folder, "config.json");
        JsonElement config = JsonFile.Read(path);
        TransformerFolder neural = TransformerFolder.Read(transformer.Folder, onnxFile);
        if (config.Member("include_prompt", JsonValueKind.False) is not null && files.Prompts.Values.Any(p => p.Length > 0))
        {
            throw new SpladeModelException("'include_prompt' is false: leaving a prompt's tokens out of the mean is not supported.", path);
        }

        return new DenseModel(files, neural)
        {
            Pooling = ReadPooling(config, path),
            Dimensions = config.Number("word_embedding_dimension") ?? config.Number("embedding_dimension") ?? neural.HiddenSize,
            Normalize = rest is [_],
        };
    }

    /// <summary>A line for a person to read.</summary>
    public override string ToString() =>
        $"{Name}: dense, {Pooling} pooling{(Normalize ? ", normalised" : "")}, at most {MaxTokens} tokens, {Transformer.Onnx.Path}";

    private static DensePooling ReadPooling(JsonElement config, string path)
    {
        string[] modes = [.. PoolingModes(config)];
        return modes switch
        {
            ["mean" or "mean_tokens"] => DensePooling.Mean,
            ["cls" or "cls_token"] => DensePooling.Cls,
            _ => throw new SpladeModelException($"The pooling is [{string.Join(", ", modes)}]. Expected either mean or cls.", path),
        };
    }

    // Either one name under `pooling_mode`, or a flag for each way of pooling.
    private static IEnumerable<string> PoolingModes(JsonElement config)
    {
        const string Flag = "pooling_mode_";
        if (config.Text("pooling_mode") is string mode)
        {
            return [mode];
        }

        return config.ValueKind != JsonValueKind.Object ? [] : config.EnumerateObject()
            .Where(p => p.Name.StartsWith(Flag, StringComparison.Ordinal) && p.Value.ValueKind == JsonValueKind.True)
            .Select(p => p.Name[Flag.Length..]);
    }
}
