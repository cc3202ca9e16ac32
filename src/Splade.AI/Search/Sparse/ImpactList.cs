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
    /// <param name="row">The row.</param>
    /// <param name="rows">How many rows the window has.</param>
    /// <remarks>Rows are spread evenly: the search begins where it would end if they were quite even, and widens from there.</remarks>
    public int CountBefore(int row, int rows)
    {
        int count = Count;
        int guess = (int)((long)count * row / rows);
        int step = 1;
        int from = guess, to = guess;
        if (guess < count && Rows[guess] < row)
        {
            for (to = guess + step; to < count && Rows[to] < row; to += step)
            {
                from = to + 1;
                step *= 2;
            }

            to = Math.Min(to, count);
        }
        else
        {
            for (from = guess - step; from >= 0 && Rows[from] >= row; from -= step)
            {
                to = from;
                step *= 2;
            }

            from = Math.Max(from, 0);
        }

        while (from < to)
        {
            int middle = (from + to) / 2;
            (from, to) = Rows[middle] < row ? (middle + 1, to) : (from, middle);
        }

        return from;
    }
}
