using System.Runtime.InteropServices;

namespace Splade.AI.Vectors.Similarity;

/// <summary>
/// The entries of some vectors by position, so that another vector meets only those it shares a position with. Once built it is safe
/// for concurrent use.
/// </summary>
internal sealed class VectorBlock
{
    private readonly Dictionary<int, List<BlockEntry>> _entries = [];

    public VectorBlock(SparseVector[] vectors)
    {
        for (int place = 0; place < vectors.Length; place++)
        {
            Add(vectors[place], place);
        }
    }

    /// <summary>The entries at a position, by ascending place of their vectors.</summary>
    public ReadOnlySpan<BlockEntry> this[int index] =>
        _entries.TryGetValue(index, out List<BlockEntry>? entries) ? CollectionsMarshal.AsSpan(entries) : default;

    private void Add(SparseVector vector, int place)
    {
        ReadOnlySpan<float> values = vector.Values;
        for (int i = 0; i < values.Length; i++)
        {
            ref List<BlockEntry>? entries = ref CollectionsMarshal.GetValueRefOrAddDefault(_entries, vector.Indices[i], out _);
            entries ??= [];
            entries.Add(new BlockEntry(place, values[i]));
        }
    }
}

/// <summary>The weight that one vector of a block has at a position.</summary>
internal readonly record struct BlockEntry(int Place, float Value);
