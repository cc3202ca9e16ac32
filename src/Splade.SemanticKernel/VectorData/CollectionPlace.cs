using Splade.AI.Hybrid.Storage;

namespace Splade.SemanticKernel.VectorData;

/// <summary>The place of one collection in a storage.</summary>
internal sealed class CollectionPlace
{
    private volatile RecordTable? _table;

    /// <summary>Who opens, makes or deletes the collection has it, also while that takes a disk. The other members are set under it.</summary>
    public Lock Turn { get; } = new();

    /// <summary>The table; null if it is not open.</summary>
    public RecordTable? Table
    {
        get => _table;
        set => _table = value;
    }

    /// <summary>Whether the storage has another place for the collection, or none.</summary>
    public bool IsGone { get; set; }
}
