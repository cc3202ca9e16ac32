using System.Text.Json;

namespace Splade.AI.ModelFiles;

/// <summary>What a folder says of its dense model, read and checked before the model is loaded.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
public sealed record DenseModel
{
    private DenseModel(TransformerFolder files) => Files = files;

    /// <summary>The folder's name, or <c>owner/name</c> for a model in the Hugging Face cache; also the model id of its embeddings.</summary>
    public string Name => Files.Name;

    /// <summary>The full path of the folder.</summary>
    public string Folder => Files.Path;

    /// <summary>The most tokens of a text that the model reads, special tokens included.</summary>
    public int MaxTokens => Files.MaxTokens;

    /// <summary>How the vectors of a text's tokens become one.</summary>
    public DensePooling Pooling { get; private init; }

    /// <summary>Whether vectors are scaled to length 1.</summary>
    public bool Normalize { get; private init; }

    internal TransformerFolder Files { get; }

    /// <summary>Reads the description of a model from its folder.</summary>
    /// <param name="folder">A folder in the layout of Sentence Transformers, with an ONNX file in it.</param>
    /// <exception cref="SpladeModelException">A file is missing or wrong, or the model is of a kind that is not supported.</exception>
    public static DenseModel Read(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        TransformerFolder files = TransformerFolder.Read(folder);
        if (files.Modules is not ([{ Kind: "Pooling" }] or [{ Kind: "Pooling" }, { Kind: "Normalize" }]))
        {
            string found = string.Join(", ", files.Modules.Select(m => m.Kind));
            throw new SpladeModelException(
                $"The modules after the transformer are [{found}]. Expected [Pooling] or [Pooling, Normalize]; "
                + $"a SPLADE model goes to {nameof(SpladeEngine)}.",
                Path.Combine(files.Path, "modules.json"));
        }

        return new DenseModel(files)
        {
            Pooling = ReadPooling(Path.Combine(files.Modules[0].Folder, "config.json")),
            Normalize = files.Modules.Count == 2,
        };
    }

    /// <summary>A line for a person to read.</summary>
    public override string ToString() =>
        $"{Name}: dense, {Pooling} pooling{(Normalize ? ", normalised" : "")}, at most {MaxTokens} tokens, {Files.OnnxFile}";

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
