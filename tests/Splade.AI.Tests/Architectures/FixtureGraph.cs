using System.Text.Json;
using System.Text.Json.Nodes;
using Splade.AI.Architectures;
using Splade.AI.Tests.OnnxGraph;
using Splade.AI.Weights;

namespace Splade.AI.Tests.Architectures;

/// <summary>Graphs written for the fixtures, as they are or with changes.</summary>
internal static class FixtureGraph
{
    public static string Folder(string model) => Path.Combine(Repository.TestData, "models", model.Replace('/', Path.DirectorySeparatorChar));

    public static WrittenGraph Write(string model, GraphTask task) => Write(Folder(model), task, _ => { }, _ => { });

    /// <param name="folder">The folder of the fixture.</param>
    /// <param name="task">What the graph is to give.</param>
    /// <param name="changeConfig">Changes its configuration.</param>
    /// <param name="changeTensors">Changes what its checkpoint says it has.</param>
    public static WrittenGraph Write(
        string folder, GraphTask task, Action<JsonObject> changeConfig, Action<Dictionary<string, WeightTensor>> changeTensors)
    {
        string path = Path.Combine(folder, "config.json");
        JsonObject config = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        changeConfig(config);
        Checkpoint checkpoint = FixtureCheckpoint.Read(folder);
        var tensors = checkpoint.Tensors.ToDictionary();
        changeTensors(tensors);
        return Write(config, path, checkpoint with { Tensors = tensors }, task);
    }

    public static WrittenGraph Write(JsonObject config, string path, Checkpoint checkpoint, GraphTask task) =>
        ModelGraph.Write(config.Deserialize<JsonElement>(), path, checkpoint, task);

    public static TestRuntime Load(WrittenGraph graph) => TestRuntime.Load(graph.Model, graph.Folder);
}
