using System.Text.Json;
using Splade.AI.Files;

namespace Splade.AI.ModelFiles;

/// <summary>Describes what a folder says of its dense model, read and checked before the model is loaded.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
public sealed class DenseModel
{
    private DenseModel(ModelFolder files, TransformerFolder transformer)
    {
        Files = files;
        Transformer = transformer;
    }

    /// <summary>Gets the folder's name, or <c>owner/name</c> for a model in the Hugging Face cache; also the model id of its embeddings.</summary>
    public string Name => Files.Name;

    /// <summary>Gets the full path of the folder.</summary>
    public string Folder => Files.Path;

    /// <summary>Gets the most tokens of a text that the model reads, special tokens included.</summary>
    public int MaxTokens => Transformer.MaxTokens;

    /// <summary>Gets the full path of what is loaded: the ONNX file, or the file of the weights, or the index of several.</summary>
    public string ModelFile => Transformer.Source.Path;

    /// <inheritdoc cref="SpladeModel.Prompts"/>
    public IReadOnlyDictionary<string, string> Prompts => Files.Prompts;

    /// <summary>Gets how the vectors of a text's tokens become one.</summary>
    public PoolingStrategy Pooling { get; private init; }

    /// <summary>Gets a value indicating whether vectors are scaled to length 1.</summary>
    public bool Normalize { get; private init; }

    internal ModelFolder Files { get; }

    /// <summary>The layers between the pooling and the vector.</summary>
    internal IReadOnlyList<DenseLayer> Layers { get; private init; } = [];

    /// <summary>The size of what is pooled, which is that of a vector where there are no layers; null if the folder does not say.</summary>
    internal int? Dimensions { get; private init; }

    internal TransformerFolder Transformer { get; }

    /// <summary>Determines whether the modules of a folder are those of a dense model, which pools the vectors of tokens.</summary>
    /// <remarks>Nothing else is looked at: <see cref="Read"/> says whether the model is whole and supported.</remarks>
    /// <param name="folder">A folder with a model.</param>
    /// <returns>True if they are; false for a SPLADE model, a reranker, or a folder without <c>modules.json</c>.</returns>
    /// <exception cref="SpladeModelException">There is no such folder, or a file in it is wrong.</exception>
    public static bool IsIn(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        return ModelFolder.Read(folder).Modules is [_, { Kind: "Pooling" }, ..];
    }

    /// <summary>Reads the description of a model from its folder.</summary>
    /// <param name="folder">A folder in the layout of Sentence Transformers, with an ONNX file or weights in it.</param>
    /// <param name="modelFile">Which file to load, by its path in the transformer's folder; null for the plain ONNX file, else the weights.</param>
    /// <exception cref="SpladeModelException">A file is missing or wrong, or the model is of a kind that is not supported.</exception>
    public static DenseModel Read(string folder, string? modelFile = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ModelFolder files = ModelFolder.Read(folder);
        RequireModules(files);
        ModelModule[] modules = [.. files.Modules!];
        if (modules is not [{ IsTransformer: true } transformer, { Kind: "Pooling" } pooling, .. ModelModule[] behind]
            || behind.SkipWhile(module => module.Kind == "Dense").ToArray() is not ([] or [{ Kind: "Normalize" }]))
        {
            throw new SpladeModelException(
                $"The modules are {ModelModule.Kinds(modules)}. Expected [Transformer, Pooling], behind them Dense or none, and Normalize or none; "
                + $"a SPLADE model goes to SpladeEngine.",
                Path.Combine(files.Path, "modules.json"));
        }

        ModelModule[] rest = [.. behind.SkipWhile(module => module.Kind == "Dense")];
        files.RequireModelType("SentenceTransformer");
        string path = Path.Combine(pooling.Folder, "config.json");
        JsonElement config = JsonFile.Read(path);
        TransformerFolder neural = TransformerFolder.Read(transformer.Folder, TransformerTask.FeatureExtraction, modelFile);
        RequireWholeSentenceVectors(files, rest);
        if (config.Member("include_prompt", JsonValueKind.False) is not null && files.Prompts.Values.Any(p => p.Length > 0))
        {
            throw new SpladeModelException("'include_prompt' is false: leaving a prompt's tokens out of the mean is not supported.", path);
        }

        return new DenseModel(files, neural)
        {
            Pooling = ReadPooling(config, path),
            Layers = ReadLayers(behind),
            Dimensions = config.Number("word_embedding_dimension") ?? config.Number("embedding_dimension") ?? neural.HiddenSize,
            Normalize = rest is [_],
        };
    }

    /// <summary>A line for a person to read.</summary>
    public override string ToString() =>
        $"{Name}: dense, {Pooling} pooling{(Normalize ? ", normalised" : "")}, at most {MaxTokens} tokens, {Transformer.Source.Path}";

    private static DenseLayer[] ReadLayers(IEnumerable<ModelModule> modules)
    {
        ModelModule[] layers = [.. modules.Where(module => module.Kind == "Dense")];
        DenseLayer[] read = [.. layers.Select(module => DenseLayer.Read(module.Folder))];
        for (int i = 1; i < read.Length; i++)
        {
            if (read[i].Inputs != read[i - 1].Outputs)
            {
                throw new SpladeModelException($"'in_features' is {read[i].Inputs}, expected the {read[i - 1].Outputs} numbers of the layer before.", read[i].Files[0]);
            }
        }

        return read;
    }

    // Sentence Transformers makes a model of any encoder, by the mean; here nothing is taken for what nobody says.
    private static void RequireModules(ModelFolder files)
    {
        if (files.Modules is not null)
        {
            return;
        }

        string found = ForeignLayout.Describe(files) is string other ? $"The folder holds {other}."
            : JsonFile.ReadIfExists(Path.Combine(files.Path, "config.json")) is JsonElement config && TransformerFolder.IsMaskedLanguageModel(config)
                ? $"The folder holds a masked language model without modules.json. As a SPLADE model it goes to SpladeEngine."
            : "The folder has no modules.json, which would say how the vectors of a text's tokens become one.";
        throw new SpladeModelException(
            $"{found} Expected a dense model with the modules [Transformer, Pooling] or [Transformer, Pooling, Normalize].", files.Path);
    }

    private static void RequireWholeSentenceVectors(ModelFolder files, ModelModule[] rest)
    {
        const string Remedy = "Use a model without it.";
        if (files.TruncatedDimensions is int cut)
        {
            throw new SpladeModelException(
                $"'truncate_dim' is {cut}, expected none: vectors are not cut short. {Remedy}", Path.Combine(files.Path, "config_sentence_transformers.json"));
        }

        foreach (ModelModule normalize in rest)
        {
            SettingsFile? settings = SettingsFile.ReadIfExists(Path.Combine(normalize.Folder, "config.json"));
            settings?.Expect("module_input_name", "sentence_embedding", Remedy);
            settings?.Expect("module_output_name", "sentence_embedding", Remedy);
        }
    }

    private static PoolingStrategy ReadPooling(JsonElement config, string path)
    {
        string[] modes = [.. PoolingModes(config)];
        return modes switch
        {
            ["mean" or "mean_tokens"] => PoolingStrategy.Mean,
            ["cls" or "cls_token"] => PoolingStrategy.Cls,
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

        if (config.Member("pooling_mode", JsonValueKind.Array) is JsonElement modes)
        {
            return modes.EnumerateArray().Select(m => m.ToString());
        }

        return config.ValueKind != JsonValueKind.Object ? [] : config.EnumerateObject()
            .Where(p => p.Name.StartsWith(Flag, StringComparison.Ordinal) && p.Value.ValueKind == JsonValueKind.True)
            .Select(p => p.Name[Flag.Length..]);
    }
}
