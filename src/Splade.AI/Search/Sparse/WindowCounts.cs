namespace Splade.AI.Search.Sparse;

/// <summary>What is to be known of the rows of a window before they are placed.</summary>
/// <param name="Rows">For each position how many of the rows have it.</param>
/// <param name="Largest">The largest weight of each position.</param>
/// <param name="Entries">How many entries the rows have together.</param>
/// <param name="Weights">Which different weights they have.</param>
internal sealed record WindowCounts(int[] Rows, float[] Largest, long Entries, WeightSet Weights)
{
    public static WindowCounts Of(IReadOnlyList<SparseVector> rows, int window, int dimensions, CancellationToken cancellationToken)
    {
        int[] counts = new int[dimensions];
        float[] largest = new float[dimensions];
        long entries = 0;
        var weights = new WeightSet();
        int first = window * SegmentLayout.Window;
        int end = Math.Min(rows.Count, first + SegmentLayout.Window);
        for (int row = first; row < end; row++)
        {
            SparseVector vector = WindowRows.Read(rows, row, cancellationToken);
            ReadOnlySpan<int> indices = vector.Indices;
            ReadOnlySpan<float> values = vector.Values;
            entries += indices.Length;
            for (int i = 0; i < indices.Length; i++)
            {
                counts[indices[i]]++;
                largest[indices[i]] = Math.Max(largest[indices[i]], values[i]);
                weights.Add(values[i]);
            }
        }

        return new WindowCounts(counts, largest, entries, weights);
    }
}
