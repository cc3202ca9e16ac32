namespace Splade.AI.Search.Sparse;

/// <summary>Finds a sum that few rows reach, to begin with those.</summary>
internal static class HighSums
{
    private const int Steps = 256;

    /// <summary>A sum that so many rows reach at least, and not many more; 1 if that cannot be said.</summary>
    /// <param name="largest">The largest sum of each of some tiles of rows.</param>
    /// <param name="rows">How many rows are wanted.</param>
    public static int Least(ReadOnlySpan<ushort> largest, int rows)
    {
        Span<int> tiles = stackalloc int[Steps];
        tiles.Clear();
        foreach (ushort sum in largest)
        {
            tiles[sum / Steps]++;
        }

        int found = 0;
        for (int step = Steps - 1; step > 0; step--)
        {
            found += tiles[step];
            if (found >= rows)
            {
                return step * Steps;
            }
        }

        return 1;
    }
}
