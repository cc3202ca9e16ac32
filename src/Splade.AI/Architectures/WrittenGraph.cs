using Splade.AI.OnnxGraph;

namespace Splade.AI.Architectures;

/// <summary>A graph that was written for a checkpoint.</summary>
/// <param name="Model">The ONNX model, whose big tensors are external data inside the checkpoint's files.</param>
/// <param name="Initializers">The folder that their locations are relative to.</param>
/// <param name="Files">The files that it points into, which stay as they are while the model is in use.</param>
/// <param name="UnknownSettings">Settings of the configuration, and tensors beside the model's own, that nobody here has heard of.</param>
internal sealed record WrittenGraph(byte[] Model, InitializerFolder Initializers, IReadOnlyList<string> Files, IReadOnlyList<string> UnknownSettings)
{
    /// <summary>The path of that folder.</summary>
    public string Folder => Initializers.Path;

    /// <summary>The most tokens of a text that it has positions for; null where nothing in it limits them.</summary>
    public int? MaxTokens { get; init; }
}
