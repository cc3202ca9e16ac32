namespace Splade.AI.ModelFiles;

/// <summary>A tensor of a safetensors file: what its header says, compared with the file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its numbers, as the format names it: <c>F32</c>, <c>BF16</c>, ...</param>
/// <param name="Shape">Its shape; empty for a single number.</param>
/// <param name="Offset">Where its numbers begin, in bytes from the start of the file.</param>
/// <param name="Length">How many bytes they take.</param>
internal sealed record SafetensorsTensor(string Name, string Type, IReadOnlyList<long> Shape, long Offset, long Length)
{
    /// <summary>Type and shape, as an error names them.</summary>
    public override string ToString() => $"{Type} of shape [{string.Join(", ", Shape)}]";
}
