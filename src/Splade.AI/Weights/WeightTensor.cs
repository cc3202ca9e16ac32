namespace Splade.AI.Weights;

/// <summary>Where a tensor of a checkpoint lies. Its numbers stay in the file.</summary>
/// <param name="Name">Its name, as the file has it.</param>
/// <param name="File">The full path of the file.</param>
/// <param name="Offset">Where its numbers begin, in bytes from the start of the file.</param>
/// <param name="Length">How many bytes they take.</param>
/// <param name="Type">Their type.</param>
/// <param name="TypeName">Their type, as the file's format names it.</param>
/// <param name="Shape">Its shape; empty for a single number.</param>
internal sealed record WeightTensor(string Name, string File, long Offset, long Length, WeightType Type, string TypeName, IReadOnlyList<long> Shape)
{
    /// <summary>Whether the numbers lie column by column: those of the matrix of the swapped shape, row by row.</summary>
    public bool IsTransposed { get; init; }

    /// <summary>Type and shape, as an error names them.</summary>
    public override string ToString() => $"{TypeName} of shape [{string.Join(", ", Shape)}]";
}
