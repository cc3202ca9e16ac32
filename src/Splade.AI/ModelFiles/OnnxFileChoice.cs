using Splade.AI.Files;

namespace Splade.AI.ModelFiles;

/// <summary>Which ONNX file of a folder is loaded, and which others lie there.</summary>
internal sealed record OnnxFileChoice(string Path, IReadOnlyList<string> Others)
{
    /// <param name="root">The folder of the transformer.</param>
    /// <param name="wanted">A file by its path in that folder, such as <c>onnx/model_O3.onnx</c>; null for the plain one.</param>
    public static OnnxFileChoice Find(string root, string? wanted)
    {
        string[] files = [.. Candidates(root)];
        string chosen = wanted is null ? Plain(root, files) : Named(root, wanted, files);
        _ = ModelFile.Exists(chosen, wanted is null ? root : null);
        return new OnnxFileChoice(chosen, files.Where(f => f != chosen).ToArray());
    }

    private static IEnumerable<string> Candidates(string root) => new[] { System.IO.Path.Combine(root, "onnx"), root }
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.GetFileSystemEntries(folder, "*.onnx").Order(StringComparer.Ordinal));

    private static string Plain(string root, string[] files) =>
        files.FirstOrDefault(f => System.IO.Path.GetFileName(f) == "model.onnx")
        ?? (files is [string only] ? only : null)
        ?? throw new SpladeModelException(files.Length == 0
            ? "The folder has no ONNX file. Expected onnx/model.onnx or model.onnx; export one with Hugging Face Optimum: "
                + "optimum-cli export onnx --task fill-mask --model NAME FOLDER"
            : $"The folder has no model.onnx, but {Names(root, files)}. Say which one to load, by its name.", root);

    private static string Named(string root, string wanted, string[] files)
    {
        string path = System.IO.Path.GetFullPath(System.IO.Path.Combine(root, wanted));
        return ModelFile.Exists(path) ? path : throw new SpladeModelException($"The file is missing. The folder has {Names(root, files)}.", path);
    }

    private static string Names(string root, string[] files) =>
        files.Length == 0 ? "no ONNX file" : string.Join(", ", files.Select(f => System.IO.Path.GetRelativePath(root, f)));
}
