using System.Runtime.CompilerServices;

namespace Splade.AI.Search.Sparse;

/// <summary>The rows of one window that have a term, with their impacts: a list of them, or a block with a byte for each row.</summary>
internal readonly unsafe struct ImpactList(byte* start, int length, int blockLength)
{
    /// <summary>Whether it is a block.</summary>
    public bool IsDense => length == blockLength;

    /// <summary>How many rows a list has.</summary>
    public int Count => length / (sizeof(ushort) + sizeof(byte));

    /// <summary>The impacts of all rows of a block.</summary>
    public byte* Block => start;

    /// <summary>The rows of a list, ascending.</summary>
    public ushort* Rows => (ushort*)start;

    /// <summary>The impacts of the rows of a list.</summary>
    public byte* Impacts => start + (Count * sizeof(ushort));

    /// <summary>How many rows of a list come before a row.</summary>
    public int CountBefore(int row)
    {
        (int from, int to) = (0, Count);
        while (from < to)
        {
            int middle = (from + to) / 2;
            (from, to) = Rows[middle] < row ? (middle + 1, to) : (from, middle);
        }

        return from;
    }

    /// <summary>Puts a row in.</summary>
    /// <param name="index">How many rows were put in before.</param>
    /// <param name="row">The row, by its place in the window.</param>
    /// <param name="impact">Its impact.</param>
    public void Set(int index, int row, byte impact)
    {
        if (IsDense)
        {
            start[row] = impact;
        }
        else
        {
            // A list may begin at an odd byte.
            Unsafe.WriteUnaligned(start + (index * sizeof(ushort)), (ushort)row);
            Impacts[index] = impact;
        }
    }
}
