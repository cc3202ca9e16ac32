using Splade.AI.Hybrid;

namespace Splade.AI.Qdrant.Tests.TestDoubles;

/// <summary>Records of the schema of the scripted server.</summary>
internal static class Records
{
    public static HybridRecord Of(string id, string text = "a text", params (string Name, MetadataValue Value)[] metadata) => new(
        id, text, new SparseVector([1, 7], [1, 0.5f], 100), new float[] { 3, 4 }, metadata.ToDictionary(field => field.Name, field => field.Value));
}
