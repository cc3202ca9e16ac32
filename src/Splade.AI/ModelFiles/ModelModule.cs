using System.Text.Json;
using Splade.AI.Files;

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
        if (JsonFile.ReadIfExists(path, JsonValueKind.Array) is not JsonElement json)
        {
            return null;
        }

        return json.GetArrayLength() > 0
            ? json.EnumerateArray().Select(module => Read(module, folder, path)).ToArray()
            : throw new SpladeModelException("The list is empty. Expected the modules of a model, as Sentence Transformers writes them.", path);
    }

    /// <summary>The class name of a type. Packages moved between versions of the library, so only the last part of a name counts.</summary>
    public static string KindOf(string type) => type[(type.LastIndexOf('.') + 1)..];

    /// <summary>The kinds of some modules, for an error message.</summary>
    public static string Kinds(IEnumerable<ModelModule> modules) => $"[{string.Join(", ", modules.Select(m => m.Kind))}]";

    /// <summary>A folder inside another one; a path that leads out of it is refused.</summary>
    public static string Inside(string folder, string relative, string source) => CheckedFile.Named(folder, relative, source);

    private static ModelModule Read(JsonElement module, string folder, string path)
    {
        string type = module.Text("type") ?? throw new SpladeModelException("A module has no 'type'.", path);
        string? place = module.Text("path");
        return place is not null || !module.TryGetProperty("path", out JsonElement other)
            ? new ModelModule(KindOf(type), Inside(folder, place ?? "", path))
            : throw new SpladeModelException($"A module's 'path' is {other}, expected the name of a folder. Copy the file again from its origin.", path);
    }
}
