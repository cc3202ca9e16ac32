using Splade.AI.ModelFiles;
using Splade.AI.Weights;

namespace Splade.AI.Tests.Architectures;

/// <summary>The weights of the fixtures.</summary>
internal static class FixtureCheckpoint
{
    /// <summary>The checkpoint of a folder.</summary>
    public static Checkpoint Read(string folder)
    {
        string path = Path.Combine(folder, "model.safetensors");
        using FileStream file = File.OpenRead(path);
        return new Checkpoint([path], SafetensorsHeader.Read(file).Values.ToDictionary(t => t.Name, t => new WeightTensor(
            t.Name, path, t.Offset, t.Length, TypeOf(t.Type), t.Type, t.Shape)));
    }

    private static WeightType TypeOf(string type) => type switch
    {
        "F32" => WeightType.Float32,
        "F16" => WeightType.Float16,
        "BF16" => WeightType.BFloat16,
        _ => WeightType.Other,
    };
}
