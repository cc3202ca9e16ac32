using System.Text.RegularExpressions;
using Splade.AI.Weights;

namespace Splade.AI.ModelFiles.Hub;

/// <summary>
/// Which files of a repository the loader needs: one ONNX file, or the weights once in one form, and what describes them. The other forms of the
/// same weights, most of a repository's bytes, are never among them.
/// </summary>
internal sealed partial class ModelFileSelection
{
    private const string Tokenizer = "tokenizer.json";
    private const string WordPieces = "vocab.txt";

    private readonly string? _wanted;

    private ModelFileSelection(string? wanted, string? modelFile, string[] files, string[] others)
    {
        _wanted = wanted;
        ModelFile = modelFile;
        Files = files;
        Others = others;
    }

    /// <summary>The ONNX file to load, or the file of the weights, or the index of several; null if the repository has none that may be taken.</summary>
    public string? ModelFile { get; }

    /// <summary>
    /// All files that are needed, <see cref="ModelFile"/> last. Others in which the numbers of tensors are, only its content can name.
    /// </summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>ONNX files and weights, in whatever form, that are there but are not <see cref="ModelFile"/>.</summary>
    public IReadOnlyList<string> Others { get; }

    /// <summary>What is missing of what every model has; null if nothing is.</summary>
    public string? Missing =>
        ModelFile is null ? _wanted ?? "an ONNX file or weights"
        : !Has("config.json") ? "config.json"
        : !Has(Tokenizer) && !Has(WordPieces) ? Tokenizer
        : null;

    /// <summary>Selects from the paths of a repository's files.</summary>
    /// <param name="paths">Paths with <c>/</c> between their parts.</param>
    /// <param name="wanted">
    /// The ONNX file or the weights that the caller asked for, by a path in the repository or in the folder of its transformer; null for the plain
    /// ONNX file, else the weights in the form that the loader prefers.
    /// </param>
    public static ModelFileSelection Select(IEnumerable<string> paths, string? wanted)
    {
        string[] all = [.. paths.Where(RepositoryPath.IsSafe).Order(StringComparer.Ordinal)];
        string? model = wanted is null ? FindPlain(all) ?? FindWeights(all) : Find(all, wanted);
        IEnumerable<string> others = all.Where(p => (Description().IsMatch(p) && !IsLeft(p, all)) || TokenWeights().IsMatch(p) || IsLayer(p, all));
        return new ModelFileSelection(
            wanted,
            model,
            [.. others, .. model is null ? Array.Empty<string>() : [model]],
            [.. all.Where(p => p != model && OfAModel().IsMatch(p) && !Description().IsMatch(p) && !TokenWeights().IsMatch(p) && !IsLayer(p, all))]);
    }

    /// <summary>The form of the weights that a path names; null for any other file.</summary>
    public static CheckpointForm? FormOf(string path) => CheckpointForm.All.FirstOrDefault(form => form.FileName == path[(path.LastIndexOf('/') + 1)..]);

    /// <summary>The path that a file of the repository has in the folder of the transformer.</summary>
    public static string InTransformer(string path) => path[Route().Match(path).Length..];

    // The loader's order; a Router may keep its document model in a folder of its own.
    private static string? FindPlain(string[] all) =>
        all.Where(p => InTransformer(p) is "onnx/model.onnx" or "model.onnx")
            .OrderBy(p => Route().IsMatch(p))
            .ThenByDescending(p => p.EndsWith("onnx/model.onnx", StringComparison.Ordinal))
            .FirstOrDefault();

    private static string? FindWeights(string[] all) =>
        all.Where(p => TransformerWeights().IsMatch(p))
            .OrderBy(p => Route().IsMatch(p))
            .ThenBy(p => Route().Match(p).Value, StringComparer.Ordinal)
            .ThenBy(p => CheckpointForm.All.TakeWhile(form => form != FormOf(p)).Count())
            .FirstOrDefault();

    private static string? Find(string[] all, string wanted) =>
        all.FirstOrDefault(p => p == wanted) ?? all.FirstOrDefault(p => Route().IsMatch(p) && InTransformer(p) == wanted);

    // The words of a tokenizer are in its fast form too.
    private static bool IsLeft(string path, string[] all) =>
        IsNamed(path, WordPieces) && Array.BinarySearch(all, path[..^WordPieces.Length] + Tokenizer, StringComparer.Ordinal) >= 0;

    // The weights of a dense model's layers behind its pooling: once, in the form that the loader prefers.
    private static bool IsLayer(string path, string[] all) => LayerWeights().Match(path) is { Success: true } match
        && (match.Groups["safe"].Success || Array.BinarySearch(all, match.Groups["folder"].Value + "model.safetensors", StringComparer.Ordinal) < 0);

    private static bool IsNamed(string path, string name) => path == name || path.EndsWith("/" + name, StringComparison.Ordinal);

    private bool Has(string name) => Files.Any(f => IsNamed(f, name));

    // The folder of a module, or of the route for documents.
    [GeneratedRegex(@"\A(document_)?\d+_\w+/")]
    private static partial Regex Route();

    // Modules of other kinds have weights of the same names.
    [GeneratedRegex(@"\A((document_)?\d+_\w*Transformer/)?(model\.safetensors|pytorch_model\.bin)(\.index\.json)?\z")]
    private static partial Regex TransformerWeights();

    [GeneratedRegex(@"\.(onnx|safetensors|h5|msgpack|ot|gguf)\z|(\A|/)(model\.safetensors\.index\.json|pytorch_model[^/]*\.bin(\.index\.json)?)\z")]
    private static partial Regex OfAModel();

    // In the root: the files that a loader reads by name, and the terms of use. In a module's or a route's folder (1_SpladePooling,
    // query_0_SparseStaticEmbedding): all that is text, but for indexes of weights.
    [GeneratedRegex("""
        \A(?:
            modules\.json | config\w*\.json | sentence_\w+_config\.json | router_config\.json
          | tokenizer\.json | tokenizer_config\.json | special_tokens_map\.json | vocab\.txt
          | idf\.json | query_token_weights\.txt
          | stopwords\.txt | sparse_linear\.(pt|safetensors) | minicoil\.triplet\.model\.(npy|vocab)
          | README\.md | LICEN[CS]E[\w.-]* | NOTICE[\w.-]*
          | ([A-Za-z]+_)?\d+_\w+/(.+/)?[^/]+(?<!\.(safetensors|bin)\.index)\.(json|txt)
        )\z
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Description();

    [GeneratedRegex(@"\A(?<folder>\d+_Dense/)((?<safe>model\.safetensors)|pytorch_model\.bin)\z")]
    private static partial Regex LayerWeights();

    // One number per token for the queries of an inference-free model; the weights of a transformer have the same file name.
    [GeneratedRegex(@"\A([A-Za-z]+_)?\d+_(SparseStaticEmbedding|IDF)/(.+/)?[^/]+\.safetensors\z")]
    private static partial Regex TokenWeights();
}
