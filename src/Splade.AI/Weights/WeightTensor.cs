using System.Globalization;

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
    /// <summary>The most dimensions of a shape: torch makes none with more.</summary>
    public const int MostDimensions = 64;

    /// <summary>Whether the numbers lie column by column: those of the matrix of the swapped shape, row by row.</summary>
    public bool IsTransposed { get; init; }

    /// <summary>Whether the numbers lie one after another, row by row or column by column. No graph reads others.</summary>
    public bool IsContiguous { get; init; } = true;

    /// <summary>How many bytes a tensor takes; null if they are more than any file has.</summary>
    public static long? BytesOf(IEnumerable<long> shape, int size)
    {
        Int128 bytes = size;
        bool isEmpty = false;
        foreach (long dimension in shape)
        {
            isEmpty |= dimension == 0;
            bytes *= Math.Max(dimension, 1);
            if (bytes > long.MaxValue)
            {
                return null;
            }
        }

        return isEmpty ? 0 : (long)bytes;
    }

    /// <summary>Type and shape, as an error names them.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(IsContiguous ? "" : "non-contiguous ")}{TypeName} of shape [{string.Join(", ", Shape)}]");
}
