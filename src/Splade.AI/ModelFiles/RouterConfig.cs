using System.Text.Json;
using Splade.AI.Files;

namespace Splade.AI.ModelFiles;

/// <summary>The routes of a <c>Router</c> module: which modules read queries, which documents.</summary>
internal sealed record RouterConfig(IReadOnlyList<ModelModule> Query, IReadOnlyList<ModelModule> Document)
{
    private const string FileName = "router_config.json";

    /// <summary>Whether the model in a folder has a router as its first module.</summary>
    public static bool IsIn(string folder) => File.Exists(Path.Combine(folder, FileName));

    /// <summary>
    /// Reads <c>router_config.json</c>, or <c>config.json</c> as versions before it wrote. A module's id is its folder; "" is the router's own.
    /// </summary>
    public static RouterConfig Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        path = CheckedFile.Exists(path) ? path : Path.Combine(folder, "config.json");
        JsonElement config = JsonFile.Read(path);
        JsonElement types = config.Member("types", JsonValueKind.Object) ?? throw new SpladeModelException("The router has no 'types'.", path);
        JsonElement structure = config.Member("structure", JsonValueKind.Object) ?? throw new SpladeModelException("The router has no 'structure'.", path);
        if (config.Member("parameters", JsonValueKind.Object) is JsonElement parameters)
        {
            new SettingsFile(path, parameters).ExpectNothing("route_mappings", "Queries take the route 'query' here, and documents the route 'document'.");
        }

        return new RouterConfig(Route("query"), Route("document"));

        ModelModule[] Route(string name) =>
            (structure.Member(name, JsonValueKind.Array)
                ?? throw new SpladeModelException($"The router has no route '{name}'. Expected the routes 'query' and 'document'.", path))
            .EnumerateArray().Select(id => Module(id.ToString())).ToArray();

        ModelModule Module(string id) => types.Text(id) is string type
            ? new ModelModule(ModelModule.KindOf(type), ModelModule.Inside(folder, id, path))
            : throw new SpladeModelException($"The router names a module '{id}' without a type.", path);
    }
}
