using System.Runtime.InteropServices;

namespace Splade.AI.Similarity;

/// <summary>
/// The entries of some vectors by position, so that another vector meets only those it shares a position with. Once built it is safe
/// for concurrent use.
/// </summary>
internal sealed class VectorBlock
{
    private readonly Dictionary<int, List<BlockEntry>> _entries = [];

    public VectorBlock(IEnumerable<SparseVector> vectors)
    {
        foreach (SparseVector vector in vectors)
        {
            Add(vector, Count++);
        }
    }

    /// <summary>How many vectors there are.</summary>
    public int Count { get; private set; }

    /// <summary>The entries at a position, by ascending row.</summary>
    public ReadOnlySpan<BlockEntry> this[int index] =>
        _entries.TryGetValue(index, out List<BlockEntry>? entries) ? CollectionsMarshal.AsSpan(entries) : default;

    private void Add(SparseVector vector, int row)
    {
        ReadOnlySpan<float> values = vector.Values;
        for (int i = 0; i < values.Length; i++)
        {
            ref List<BlockEntry>? entries = ref CollectionsMarshal.GetValueRefOrAddDefault(_entries, vector.Indices[i], out _);
            entries ??= [];
            entries.Add(new BlockEntry(row, values[i]));
        }
    }
}
