using Splade.AI.Weights;

namespace Splade.AI.Tests.Architectures;

/// <summary>The weights of the fixtures.</summary>
internal static class FixtureCheckpoint
{
    /// <summary>The checkpoint of a folder.</summary>
    public static Checkpoint Read(string folder) => CheckpointFiles.Find(folder)!.Read();
}
