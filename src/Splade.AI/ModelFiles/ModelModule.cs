using System.Text.Json;

namespace Splade.AI.ModelFiles;

/// <summary>One step of a Sentence Transformers model.</summary>
/// <param name="Kind">The class name without its package: <c>Transformer</c>, <c>SpladePooling</c>, <c>Pooling</c>, <c>Normalize</c>.</param>
/// <param name="Folder">Where the step keeps its files.</param>
internal sealed record ModelModule(string Kind, string Folder)
{
    /// <summary>Whether the step is a neural model that reads tokens.</summary>
    public bool IsTransformer => Kind is "Transformer" or "MLMTransformer";

    /// <summary>Whether the step looks the weights of a query's tokens up in a table.</summary>
    public bool IsStaticEmbedding => Kind is "SparseStaticEmbedding" or "IDF";

    /// <summary>Reads <c>modules.json</c>; null if the folder has none.</summary>
    public static IReadOnlyList<ModelModule>? ReadAll(string folder)
    {
        string path = Path.Combine(folder, "modules.json");
        if (JsonFile.ReadIfExists(path) is not JsonElement json)
        {
            return null;
        }

        return json.ValueKind == JsonValueKind.Array && json.GetArrayLength() > 0
            ? json.EnumerateArray().Select(module => Read(module, folder, path)).ToArray()
            : throw new SpladeModelException("Expected a list of modules, as Sentence Transformers writes it.", path);
    }

    /// <summary>The class name of a type. Packages moved between versions of the library, so only the last part of a name counts.</summary>
    public static string KindOf(string type) => type[(type.LastIndexOf('.') + 1)..];

    /// <summary>The kinds of some modules, for an error message.</summary>
    public static string Kinds(IEnumerable<ModelModule> modules) => $"[{string.Join(", ", modules.Select(m => m.Kind))}]";

    /// <summary>A folder inside another one; a path that leads out of it is refused.</summary>
    public static string Inside(string folder, string relative, string source)
    {
        string path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine(folder, relative)));
        return path == folder || path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new SpladeModelException($"The module path '{relative}' leads out of the model's folder.", source);
    }

    /// <summary>A path with slashes, for folders that were written on Windows.</summary>
    public static string Slashed(string path) => path.Replace('\\', '/');

    private static ModelModule Read(JsonElement module, string folder, string path) => module.Text("type") is string type
        ? new ModelModule(KindOf(type), Inside(folder, Slashed(module.Text("path") ?? ""), path))
        : throw new SpladeModelException("A module has no 'type'.", path);
}
