using System.Text.RegularExpressions;

namespace Splade.AI.ModelFiles.Hub;

/// <summary>
/// Which files of a repository the loader needs. The weights of other runtimes, most of a repository's bytes, are never among them.
/// </summary>
internal sealed partial class ModelFileSelection
{
    private static readonly string[] NeededByAll = ["config.json", "tokenizer.json"];

    private ModelFileSelection(string? onnxFile, string[] files, string[] otherOnnxFiles)
    {
        ModelFile = onnxFile;
        Files = files;
        OtherOnnxFiles = otherOnnxFiles;
    }

    /// <summary>The ONNX file to load; null if the repository has none that may be taken.</summary>
    public string? ModelFile { get; }

    /// <summary>
    /// All files that are needed, <see cref="ModelFile"/> last. Others in which it keeps the numbers of its tensors, only its graph can name.
    /// </summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>ONNX files that are there but are not the wanted one.</summary>
    public IReadOnlyList<string> OtherOnnxFiles { get; }

    /// <summary>What is missing of what every model has; null if nothing is.</summary>
    public string? Missing =>
        ModelFile is null ? "the ONNX file" : NeededByAll.FirstOrDefault(name => !Files.Any(f => IsNamed(f, name)));

    /// <summary>Selects from the paths of a repository's files.</summary>
    /// <param name="paths">Paths with <c>/</c> between their parts.</param>
    /// <param name="wantedOnnxFile">The ONNX file that the caller asked for; null for the plain one.</param>
    public static ModelFileSelection Select(IEnumerable<string> paths, string? wantedOnnxFile)
    {
        string[] all = [.. paths.Where(RepositoryPath.IsSafe).Order(StringComparer.Ordinal)];
        string[] onnxFiles = [.. all.Where(p => p.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase))];
        string? onnx = wantedOnnxFile is null ? FindPlain(onnxFiles) : onnxFiles.FirstOrDefault(p => p == wantedOnnxFile);
        IEnumerable<string> others = all.Where(p => Description().IsMatch(p) || TokenWeights().IsMatch(p));
        return new ModelFileSelection(onnx, [.. others, .. onnx is null ? Array.Empty<string>() : [onnx]], [.. onnxFiles.Where(p => p != onnx)]);
    }

    // The loader's order; a Router may keep its document model in a folder of its own.
    private static string? FindPlain(string[] onnxFiles) =>
        onnxFiles.Where(p => Plain().IsMatch(p))
            .OrderBy(p => Plain().Match(p).Groups["route"].Success)
            .ThenByDescending(p => p.EndsWith("onnx/model.onnx", StringComparison.Ordinal))
            .FirstOrDefault();

    private static bool IsNamed(string path, string name) => path == name || path.EndsWith("/" + name, StringComparison.Ordinal);

    [GeneratedRegex(@"\A(?<route>(document_)?\d+_\w+/)?(onnx/)?model\.onnx\z")]
    private static partial Regex Plain();

    // In the root: the files that a loader reads by name, and the terms of use. In a module's or a route's folder (1_SpladePooling,
    // query_0_SparseStaticEmbedding): all that is text.
    [GeneratedRegex("""
        \A(?:
            modules\.json | config\w*\.json | sentence_\w+_config\.json | router_config\.json
          | tokenizer\.json | tokenizer_config\.json | special_tokens_map\.json
          | idf\.json | query_token_weights\.txt
          | README\.md | LICEN[CS]E[\w.-]* | NOTICE[\w.-]*
          | ([A-Za-z]+_)?\d+_\w+/(.+/)?[^/]+\.(json|txt)
        )\z
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Description();

    // One number per token for the queries of an inference-free model; the weights of a transformer have the same file name.
    [GeneratedRegex(@"\A([A-Za-z]+_)?\d+_(SparseStaticEmbedding|IDF)/(.+/)?[^/]+\.safetensors\z")]
    private static partial Regex TokenWeights();
}
