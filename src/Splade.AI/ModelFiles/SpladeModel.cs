using System.Collections.ObjectModel;
using System.Text;
using Splade.AI.Files;

namespace Splade.AI.ModelFiles;

/// <summary>Describes what a folder says of its SPLADE model, read and checked before the model is loaded.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
public sealed partial class SpladeModel
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

    /// <summary>Gets the folder's name, or <c>owner/name</c> for a model in the Hugging Face cache; also the model id of its embeddings.</summary>
    public string Name => Files.Name;

    /// <summary>Gets the full path of the folder.</summary>
    public string Folder => Files.Path;

    /// <summary>Gets the class of the neural model, for example <c>BertForMaskedLM</c>; null if the folder does not say.</summary>
    public string? Architecture => Transformer.Architecture;

    /// <summary>Gets how the weights of a text's tokens become one.</summary>
    public PoolingStrategy Pooling => PoolingConfig.Strategy;

    /// <summary>Gets what makes a weight of a logit.</summary>
    public SpladeActivation Activation => PoolingConfig.Activation;

    /// <summary>
    /// Gets a value indicating whether queries are encoded without running a model, by looking the weights of their tokens up ("inference-free"). Documents are
    /// always encoded by the model.
    /// </summary>
    public bool HasInferenceFreeQueries => StaticQuery is not null;

    /// <summary>Gets the full path of what is loaded: the ONNX file, or the file of the weights, or the index of several.</summary>
    public string ModelFile => Transformer.Source.Path;

    /// <summary>Gets the full paths of the folder's other ONNX files and weights, which are not used.</summary>
    public IReadOnlyList<string> OtherModelFiles => Transformer.Source.Others;

    /// <summary>Gets the most tokens of a text that the model reads, special tokens included.</summary>
    public int MaxTokens => Transformer.MaxTokens;

    /// <summary>
    /// Gets what is put before a text, by the name of its use: <c>query</c> and <c>document</c>. Prompts of other names are taken where a call names
    /// them, and never by themselves.
    /// </summary>
    public IReadOnlyDictionary<string, string> Prompts => Files.Prompts;

    /// <summary>
    /// Gets the name of the prompt that Sentence Transformers' plain <c>encode</c> puts before a text; null for none. Texts are queries or documents
    /// here, and get it no more than they do from <c>encode_query</c> and <c>encode_document</c>.
    /// </summary>
    public string? DefaultPromptName => Files.DefaultPromptName;

    /// <summary>Gets how the folder says that vectors are compared; <see langword="null"/> if it does not say.</summary>
    public SimilarityFunction? SimilarityFunction => Files.SimilarityFunction;

    /// <summary>Gets the licence that the folder states in README.md or LICENSE; null if it states none.</summary>
    public string? License => _license.Value;

    /// <summary>Gets a value indicating whether that licence forbids commercial use.</summary>
    public bool IsNonCommercial => License is not null && ModelLicense.IsNonCommercial(License);

    internal ModelFolder Files { get; }

    internal TransformerFolder Transformer { get; }

    internal SpladePoolingConfig PoolingConfig { get; }

    internal StaticQueryFolder? StaticQuery { get; }

    /// <summary>How many logits its files say that the model has for each token; null if they do not.</summary>
    internal int? StatedDimensions => PoolingConfig.Dimensions ?? Transformer.VocabularySize;

    /// <summary>
    /// Whether vectors have no dimensions of special tokens: so models of this layout are used, by FastEmbed and by OpenSearch.
    /// </summary>
    internal bool LeavesOutSpecialTokens { get; private init; }

    /// <summary>Reads the description of a model from its folder.</summary>
    /// <remarks>
    /// A folder may come from anywhere. What its files name must lie inside it, links followed, except those of the Hugging Face cache to its
    /// contents; only regular files are opened, and none larger than its kind can be: 16 MiB for settings, 128 MiB for <c>tokenizer.json</c> and
    /// for weights in text. The folder itself may be a link.
    /// </remarks>
    /// <param name="folder">A folder that Sentence Transformers wrote, or that of a bare masked language model, with an ONNX file or weights in it.</param>
    /// <param name="modelFile">
    /// Which file to load, by its path in the transformer's folder, for example <c>onnx/model_O3.onnx</c> or <c>model.safetensors</c>; null for the plain ONNX
    /// file, else the weights.
    /// </param>
    /// <param name="activation">
    /// The activation of a model whose folder does not say, as <see cref="SpladeEngineOptions.Activation"/>; null to take the folder's word.
    /// </param>
    /// <exception cref="SpladeModelException">
    /// A file is missing or wrong, the model is of a kind that is not supported, or its activation is said nowhere, or in two ways.
    /// </exception>
    public static SpladeModel Read(string folder, string? modelFile = null, SpladeActivation? activation = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ModelFolder files = ModelFolder.Read(folder);
        if (files.Modules is null)
        {
            return ReadBareTransformer(files, modelFile, activation);
        }

        SpladeModel model = files.Modules is [{ Kind: "Router" or "Asym" } router]
            ? ReadRouter(files, router, modelFile)
            : ReadNeural(files, files.Modules, "modules.json", modelFile, staticQuery: null);
        return activation is null || activation == model.Activation ? model : throw new SpladeModelException(
            $"The options ask for the activation {activation}, but the folder says {model.Activation}. Leave it unset: it is for folders that do not say.",
            files.Path);
    }

    /// <summary>Whether the queries of the model in a folder may need no ONNX file.</summary>
    internal static bool MayLookUpQueries(string folder) => RouterConfig.IsIn(folder) || StaticQueryFolder.IsInRoot(folder);

    /// <summary>The SHA-256 of each file that the model consists of, by its path in the folder. Reads all of them.</summary>
    public IReadOnlyDictionary<string, string> ComputeFileHashes()
    {
        string[] others = StaticQuery is null ? [] : [.. TransformerFolder.TokenizerFiles(StaticQuery.TokenizerFile), StaticQuery.WeightsFile];
        IEnumerable<string> files = Transformer.Source.Graph.FindFiles().Concat(Transformer.TextFiles).Concat(others);
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string file in files.Distinct())
        {
            hashes[Path.GetRelativePath(Folder, file).Replace('\\', '/')] = Convert.ToHexStringLower(CheckedFile.ComputeHash(file));
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
            .AppendLine($"  prompts    {Files.DescribePrompts()}")
            .AppendLine($"  licence    {License ?? "not stated"}{(IsNonCommercial ? " (no commercial use)" : "")}")
            .Append($"  file       {ModelFile}");
        return text.ToString();
    }
}
