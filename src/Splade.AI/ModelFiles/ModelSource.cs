using System.Text.Json;
using Splade.AI.Architectures;
using Splade.AI.Files;
using Splade.AI.OnnxGraph;
using Splade.AI.Weights;

namespace Splade.AI.ModelFiles;

/// <summary>What of a folder is loaded, an ONNX file or weights that a graph is written for, and what else lies there.</summary>
/// <param name="Graph">The graph.</param>
/// <param name="Path">The ONNX file, or the file of the weights, or their index.</param>
/// <param name="Others">The folder's other ONNX files and weights, which are not read.</param>
internal sealed record ModelSource(GraphSource Graph, string Path, IReadOnlyList<string> Others)
{
    /// <summary>Settings that the graph leaves aside because nobody here has heard of them.</summary>
    public IReadOnlyList<string> UnknownSettings { get; private init; } = [];

    /// <summary>The most tokens of a text that a graph has positions for; null where nothing says.</summary>
    public int? MaxTokens { get; private init; }

    /// <param name="root">The folder of the transformer.</param>
    /// <param name="wanted">
    /// A file by its path in that folder, such as <c>onnx/model_O3.onnx</c> or <c>model.safetensors</c>; null for the plain ONNX file, which somebody may have
    /// tuned, else the weights.
    /// </param>
    /// <param name="config">The root of the folder's <c>config.json</c>.</param>
    /// <param name="task">What the model is for.</param>
    /// <param name="isPortable">Whether a graph that is written is for other runtimes too.</param>
    /// <exception cref="SpladeModelException">There is no such file, or it is one that is not supported.</exception>
    public static ModelSource Find(string root, string? wanted, JsonElement config, TransformerTask task, bool isPortable = false)
    {
        string[] onnx = [.. Candidates(root)];
        string[] weights = [.. CheckpointForm.All.Select(form => System.IO.Path.Combine(root, form.FileName)).Where(File.Exists)];
        string[] all = [.. onnx, .. weights];
        string chosen = wanted is null ? Plain(root, onnx, weights.Length > 0) ?? PlainWeights(root) : Named(root, wanted, all);
        string[] others = [.. all.Where(file => file != chosen)];
        if (!weights.Contains(chosen))
        {
            _ = CheckedFile.Exists(chosen, wanted is null ? root : null);
            return new ModelSource(GraphSource.OfFile(chosen), chosen, others);
        }

        string configFile = System.IO.Path.Combine(root, "config.json");
        CheckpointFiles files = CheckpointFiles.Open(chosen);
        var stamps = new FileStamps(files.Files);
        WrittenGraph written = ModelGraph.Write(config, configFile, files.Read(), task.Graph, isPortable);
        return new ModelSource(GraphSource.OfWeights(written.Model, written.Files, written.Initializers, stamps), chosen, others)
        {
            UnknownSettings = written.UnknownSettings,
            MaxTokens = written.MaxTokens,
        };
    }

    private static IEnumerable<string> Candidates(string root) => new[] { System.IO.Path.Combine(root, "onnx"), root }
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.GetFileSystemEntries(folder, "*.onnx").Order(StringComparer.Ordinal));

    // Of several that are called otherwise nothing tells which is meant; there is one set of weights.
    private static string? Plain(string root, string[] onnx, bool hasWeights) =>
        onnx.FirstOrDefault(file => System.IO.Path.GetFileName(file) == "model.onnx")
        ?? (onnx.Length < 2 ? onnx.FirstOrDefault() : hasWeights ? null : throw new SpladeModelException(
            $"The folder has no model.onnx, but {Names(root, onnx)}. Say which one to load, by its name.", root));

    private static string PlainWeights(string root) => CheckpointFiles.Find(root)?.Path ?? throw new SpladeModelException(
        $"The folder has no ONNX file and no weights. Expected onnx/model.onnx or model.onnx, or {CheckpointForm.Names}. Copy all of the model's files.", root);

    private static string Named(string root, string wanted, string[] all)
    {
        string path = System.IO.Path.GetFullPath(System.IO.Path.Combine(root, wanted));
        return CheckedFile.Exists(path) && all.Contains(path) ? path : throw new SpladeModelException(
            $"The file is missing, or neither ONNX nor weights by its name. The folder has {Names(root, all)}.", path);
    }

    private static string Names(string root, string[] files) => files.Length == 0
        ? "no ONNX file and no weights"
        : string.Join(", ", files.Select(file => System.IO.Path.GetRelativePath(root, file).Replace('\\', '/')));
}
