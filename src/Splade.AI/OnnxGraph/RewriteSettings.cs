namespace Splade.AI.OnnxGraph;

/// <summary>What a rewritten model carries itself, and what it points to in the file it was made from.</summary>
internal sealed record RewriteSettings
{
    public static RewriteSettings Default { get; } = new();

    /// <summary>The model carries every tensor, and needs no other file if the one it was made from did not.</summary>
    public static RewriteSettings CarryAll { get; } = new() { PointFromBytes = long.MaxValue };

    /// <summary>Tensors of at least so many bytes are pointed to. A mapped page of memory is this long: for less there is nothing to save.</summary>
    public long PointFromBytes { get; init; } = 4096;

    /// <summary>Tensors whose offset in the file is no multiple of this are carried.</summary>
    /// <value>
    /// The default value is 1. ONNX Runtime maps a tensor where it lies in the file, and protobuf aligns nothing; x86-64 and Arm64 read
    /// such numbers. 4 is for a platform that does not: then most big tensors are carried.
    /// </value>
    public int PointerAlignment { get; init; } = 1;
}
