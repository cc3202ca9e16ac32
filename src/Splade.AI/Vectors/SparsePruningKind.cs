namespace Splade.AI;

/// <summary>Specifies what a <see cref="SparsePruning"/> measures an entry by. Names and meanings are OpenSearch's.</summary>
internal enum SparsePruningKind
{
    /// <summary>Keeps every entry; <c>none</c>.</summary>
    None,

    /// <summary>Keeps a number of the heaviest entries; <c>top_k</c>.</summary>
    TopK,

    /// <summary>Keeps the entries that have at least a share of the heaviest one's weight; <c>max_ratio</c>.</summary>
    MaxRatio,

    /// <summary>Keeps the entries of at least a weight; <c>abs_value</c>.</summary>
    AbsValue,

    /// <summary>Keeps the heaviest entries until they hold a share of the sum of all weights; <c>alpha_mass</c>.</summary>
    AlphaMass,
}
