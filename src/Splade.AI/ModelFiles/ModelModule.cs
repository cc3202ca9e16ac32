using System.Text.Json;

namespace Splade.AI.ModelFiles;

/// <summary>One step of a Sentence Transformers model, as <c>modules.json</c> names it.</summary>
/// <param name="Kind">The class name without its package: <c>Transformer</c>, <c>SpladePooling</c>, <c>Pooling</c>, <c>Normalize</c>.</param>
/// <param name="Folder">Where the step keeps its files.</param>
internal sealed record ModelModule(string Kind, string Folder)
{
    /// <summary>Reads <c>modules.json</c>. Packages moved between versions of the library, so only the last part of a name counts.</summary>
    public static IReadOnlyList<ModelModule> ReadAll(string folder)
    {
        string path = Path.Combine(folder, "modules.json");
        JsonElement json = JsonFile.Read(path);
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() == 0)
        {
            throw new SpladeModelException("Expected a list of modules, as Sentence Transformers writes it.", path);
        }

        return json.EnumerateArray().Select(module => Read(module, folder, path)).ToArray();
    }

    private static ModelModule Read(JsonElement module, string folder, string path)
    {
        string type = module.Text("type") ?? throw new SpladeModelException("A module has no 'type'.", path);
        return new ModelModule(type[(type.LastIndexOf('.') + 1)..], Path.Combine(folder, module.Text("path") ?? ""));
    }
}
