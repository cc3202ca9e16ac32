using System.Collections.ObjectModel;
using System.Security.Cryptography;
using System.Text;

namespace Splade.AI.ModelFiles;

/// <summary>What a folder says of its SPLADE model, read and checked before the model is loaded.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
public sealed class SpladeModel
{
    private readonly Lazy<string?> _license;

    private SpladeModel(ModelFolder folder, TransformerFolder transformer, SpladePoolingConfig pooling, StaticQueryFolder? staticQuery)
    {
        Files = folder;
        Transformer = transformer;
        PoolingConfig = pooling;
        StaticQuery = staticQuery;
        _license = new Lazy<string?>(() => folder.License);
    }

    /// <summary>The folder's name, or <c>owner/name</c> for a model in the Hugging Face cache; also the model id of its embeddings.</summary>
    public string Name => Files.Name;

    /// <summary>The full path of the folder.</summary>
    public string Folder => Files.Path;

    /// <summary>The class of the neural model, for example <c>BertForMaskedLM</c>; null if the folder does not say.</summary>
    public string? Architecture => Transformer.Architecture;

    /// <summary>How the weights of a text's tokens become one.</summary>
    public PoolingStrategy Pooling => PoolingConfig.Strategy;

    /// <summary>What makes a weight of a logit.</summary>
    public SpladeActivation Activation => PoolingConfig.Activation;

    /// <summary>
    /// Whether queries are encoded without running a model, by looking the weights of their tokens up ("inference-free"). Documents are
    /// always encoded by the model.
    /// </summary>
    public bool HasInferenceFreeQueries => StaticQuery is not null;

    /// <summary>The full path of the ONNX file.</summary>
    public string OnnxFile => Transformer.Onnx.Path;

    /// <summary>Full paths of the folder's other ONNX files, which are not used.</summary>
    public IReadOnlyList<string> OtherOnnxFiles => Transformer.Onnx.Others;

    /// <summary>The most tokens of a text that the model reads, special tokens included.</summary>
    public int MaxTokens => Transformer.MaxTokens;

    /// <summary>What is put before a text, by the name of its use (<c>query</c>, <c>document</c>).</summary>
    public IReadOnlyDictionary<string, string> Prompts => Files.Prompts;

    /// <summary>The name of the prompt that a text gets where its use has none; null for no prompt.</summary>
    public string? DefaultPromptName => Files.DefaultPromptName;

    /// <summary>How vectors are compared, in Sentence Transformers' words (<c>dot</c>, <c>cosine</c>, ...); null if the folder does not say.</summary>
    public string? SimilarityFunction => Files.SimilarityFunction;

    /// <summary>The licence that the folder states in README.md or LICENSE; null if it states none.</summary>
    public string? License => _license.Value;

    /// <summary>Whether that licence forbids commercial use.</summary>
    public bool IsNonCommercial => License is not null && ModelLicense.IsNonCommercial(License);

    internal ModelFolder Files { get; }

    internal TransformerFolder Transformer { get; }

    internal SpladePoolingConfig PoolingConfig { get; }

    internal StaticQueryFolder? StaticQuery { get; }

    /// <summary>Reads the description of a model from its folder.</summary>
    /// <remarks>
    /// A folder may come from anywhere. What its files name must lie inside it, links followed, except those of the Hugging Face cache to its
    /// contents; only regular files are opened, and none larger than its kind can be: 16 MiB for settings, 128 MiB for <c>tokenizer.json</c> and
    /// for weights in text. The folder itself may be a link.
    /// </remarks>
    /// <param name="folder">A folder that Sentence Transformers wrote, or that of a bare masked language model, with an ONNX file in it.</param>
    /// <param name="onnxFile">
    /// Which ONNX file to use, by its path in the transformer's folder, for example <c>onnx/model_O3.onnx</c>; null for the plain one.
    /// </param>
    /// <exception cref="SpladeModelException">A file is missing or wrong, or the model is of a kind that is not supported.</exception>
    public static SpladeModel Read(string folder, string? onnxFile = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ModelFolder files = ModelFolder.Read(folder);
        return files.Modules switch
        {
            null => ReadBareTransformer(files, onnxFile),
            [{ Kind: "Router" or "Asym" } router] => ReadRouter(files, router, onnxFile),
            IReadOnlyList<ModelModule> modules => ReadNeural(files, modules, "modules.json", onnxFile, staticQuery: null),
        };
    }

    /// <summary>The SHA-256 of each file that the model consists of, by its path in the folder. Reads all of them.</summary>
    public IReadOnlyDictionary<string, string> ComputeFileHashes()
    {
        string[] others = StaticQuery is null ? [] : [StaticQuery.TokenizerFile, StaticQuery.WeightsFile];
        IEnumerable<string> files = OnnxGraph.OnnxFile.FindFiles(OnnxFile).Append(Transformer.TokenizerFile).Concat(others);
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string file in files.Distinct())
        {
            using FileStream stream = ModelFile.OpenRead(file);
            hashes[Path.GetRelativePath(Folder, file).Replace('\\', '/')] = Convert.ToHexStringLower(SHA256.HashData(stream));
        }

        return new ReadOnlyDictionary<string, string>(hashes);
    }

    /// <summary>Some lines for a person to read.</summary>
    public override string ToString()
    {
        string activation = Activation == SpladeActivation.Relu ? "log1p(relu)" : "log1p(log1p(relu))";
        var text = new StringBuilder()
            .AppendLine($"{Name}: SPLADE on {Architecture ?? "a model of unknown class"}")
            .AppendLine($"  pooling    {(Pooling == PoolingStrategy.Max ? "max" : "sum")} of {activation}")
            .AppendLine($"  queries    {(HasInferenceFreeQueries ? "looked up, without running the model" : "as documents")}")
            .AppendLine($"  limit      {MaxTokens} tokens")
            .AppendLine($"  prompts    {(Prompts.Values.Any(p => p.Length > 0) ? string.Join(", ", Prompts.Select(p => $"{p.Key}: '{p.Value}'")) : "none")}")
            .AppendLine($"  licence    {License ?? "not stated"}{(IsNonCommercial ? " (no commercial use)" : "")}")
            .Append($"  file       {OnnxFile}");
        return text.ToString();
    }

    // Sentence Transformers takes such a model for SPLADE with its usual pooling.
    private static SpladeModel ReadBareTransformer(ModelFolder files, string? onnxFile) => TransformerFolder.IsMaskedLanguageModel(files.Path)
        ? new SpladeModel(files, TransformerFolder.Read(files.Path, onnxFile), SpladePoolingConfig.Default, staticQuery: null)
        : throw new SpladeModelException(
            "The folder has no modules.json, and config.json names no '...ForMaskedLM' architecture. Expected a SPLADE model.", files.Path);

    private static SpladeModel ReadRouter(ModelFolder files, ModelModule router, string? onnxFile)
    {
        RouterConfig routes = RouterConfig.Read(router.Folder);
        if (routes.Query is [{ IsStaticEmbedding: true } table])
        {
            return ReadNeural(files, routes.Document, "router_config.json", onnxFile, StaticQueryFolder.Read(table.Folder, files.Path));
        }

        if (!routes.Query.SequenceEqual(routes.Document))
        {
            throw new SpladeModelException(
                $"Queries go through {ModelModule.Kinds(routes.Query)} and documents through {ModelModule.Kinds(routes.Document)}. "
                + "Expected a SparseStaticEmbedding for queries, or the same modules for both.", router.Folder);
        }

        return ReadNeural(files, routes.Document, "router_config.json", onnxFile, staticQuery: null);
    }

    private static SpladeModel ReadNeural(
        ModelFolder files, IReadOnlyList<ModelModule> modules, string source, string? onnxFile, StaticQueryFolder? staticQuery) =>
        modules is [{ IsTransformer: true } transformer, { Kind: "SpladePooling" } pooling]
            ? new SpladeModel(files, TransformerFolder.Read(transformer.Folder, onnxFile), SpladePoolingConfig.Read(pooling.Folder), staticQuery)
            : throw new SpladeModelException(
                $"The modules are {ModelModule.Kinds(modules)}. Expected [Transformer, SpladePooling]; a dense model goes to "
                + $"{nameof(DenseEmbeddingGenerator)}, and a SparseAutoEncoder has no vocabulary to search by.", Path.Combine(files.Path, source));
}
