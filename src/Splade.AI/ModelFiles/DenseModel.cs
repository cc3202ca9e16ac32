using System.Text.Json;

namespace Splade.AI.ModelFiles;

/// <summary>What a folder says of its dense model, read and checked before the model is loaded.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
public sealed record DenseModel
{
    private DenseModel(ModelFolder files, TransformerFolder transformer)
    {
        Files = files;
        Transformer = transformer;
    }

    /// <summary>The folder's name, which is also the model id of its embeddings.</summary>
    public string Name => Files.Name;

    /// <summary>The full path of the folder.</summary>
    public string Folder => Files.Path;

    /// <summary>The most tokens of a text that the model reads, special tokens included.</summary>
    public int MaxTokens => Transformer.MaxTokens;

    /// <summary>How the vectors of a text's tokens become one.</summary>
    public DensePooling Pooling { get; private init; }

    /// <summary>Whether vectors are scaled to length 1.</summary>
    public bool Normalize { get; private init; }

    internal ModelFolder Files { get; }

    internal TransformerFolder Transformer { get; }

    /// <summary>Reads the description of a model from its folder.</summary>
    /// <param name="folder">A folder in the layout of Sentence Transformers, with an ONNX file in it.</param>
    /// <exception cref="SpladeModelException">A file is missing or wrong, or the model is of a kind that is not supported.</exception>
    public static DenseModel Read(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ModelFolder files = ModelFolder.Read(folder);
        if (files.Modules is not [{ IsTransformer: true } transformer, { Kind: "Pooling" } pooling, .. IReadOnlyList<ModelModule> rest]
            || rest is not ([] or [{ Kind: "Normalize" }]))
        {
            throw new SpladeModelException(
                $"The modules are {ModelModule.Kinds(files.Modules ?? [])}. Expected [Transformer, Pooling] or [Transformer, Pooling, Normalize]; "
                + $"a SPLADE model goes to {nameof(SpladeEngine)}.",
                Path.Combine(files.Path, "modules.json"));
        }

        return new DenseModel(files, TransformerFolder.Read(transformer.Folder, onnxFile: null))
        {
            Pooling = ReadPooling(Path.Combine(pooling.Folder, "config.json")),
            Normalize = rest is [_],
        };
    }

    /// <summary>A line for a person to read.</summary>
    public override string ToString() =>
        $"{Name}: dense, {Pooling} pooling{(Normalize ? ", normalised" : "")}, at most {MaxTokens} tokens, {Transformer.Onnx.Path}";

    // Either one name under `pooling_mode`, or a flag for each way of pooling.
    private static DensePooling ReadPooling(string path)
    {
        const string Flag = "pooling_mode_";
        JsonElement config = JsonFile.Read(path);
        string[] modes = config.Text("pooling_mode") is string mode
            ? [mode]
            : config.EnumerateObject().Where(p => p.Name.StartsWith(Flag, StringComparison.Ordinal) && p.Value.ValueKind == JsonValueKind.True)
                .Select(p => p.Name[Flag.Length..]).ToArray();
        return modes switch
        {
            ["mean" or "mean_tokens"] => DensePooling.Mean,
            ["cls" or "cls_token"] => DensePooling.Cls,
            _ => throw new SpladeModelException($"The pooling is [{string.Join(", ", modes)}]. Expected either mean or cls.", path),
        };
    }
}
