using static Splade.AI.Search.Storage.Alignment;

namespace Splade.AI.Search.Dense;

/// <summary>Where the parts of a segment of dense vectors lie in its bytes. Numbers are little-endian; every part begins at a multiple of 64 bytes.</summary>
/// <param name="Rows">How many vectors there are.</param>
/// <param name="Dimensions">How many entries each has.</param>
internal sealed record DenseLayout(int Rows, int Dimensions)
{
    /// <summary>Bytes that are kept for <see cref="Rows"/> and <see cref="Dimensions"/>.</summary>
    public const int HeaderSize = 64;

    /// <summary>The length of a row of integers.</summary>
    public int Width { get; } = (Dimensions + DenseKernel.Lanes - 1) / DenseKernel.Lanes * DenseKernel.Lanes;

    /// <summary>Rows are filled up to a multiple of <see cref="DenseKernel.Rows"/>.</summary>
    public int FilledRows { get; } = (Rows + DenseKernel.Rows - 1) / DenseKernel.Rows * DenseKernel.Rows;

    /// <summary><c>float[rows]</c>: the factor of each vector.</summary>
    public long Factors { get; } = HeaderSize;

    /// <summary><c>float[filled rows]</c>: what an integer of each row stands for.</summary>
    public long Steps => Align(Factors + ((long)Rows * sizeof(float)));

    /// <summary><c>float[filled rows]</c>: the length of each row.</summary>
    public long Norms => Align(Steps + ((long)FilledRows * sizeof(float)));

    /// <summary><c>float[filled rows]</c>: how far each row is from its integers.</summary>
    public long Errors => Align(Norms + ((long)FilledRows * sizeof(float)));

    /// <summary><c>sbyte[filled rows, width]</c>.</summary>
    public long Integers => Align(Errors + ((long)FilledRows * sizeof(float)));

    /// <summary><c>float[rows, dimensions]</c>: the vectors as they were put in.</summary>
    public long Values => Align(Integers + ((long)FilledRows * Width));

    /// <summary>The bytes of the whole segment.</summary>
    public long Length => Align(Values + ((long)Rows * Dimensions * sizeof(float)));
}
