namespace Splade.AI.Hybrid;

/// <summary>Specifies which parts of records are read: over a network what nobody looks at is worth leaving out.</summary>
[Flags]
public enum HybridRecordParts
{
    /// <summary>The id only.</summary>
    None = 0,

    /// <summary>The text.</summary>
    Text = 1,

    /// <summary>The metadata.</summary>
    Metadata = 2,

    /// <summary>The sparse vectors.</summary>
    Sparse = 4,

    /// <summary>The dense vectors.</summary>
    Dense = 8,

    /// <summary>All. The default.</summary>
    All = Text | Metadata | Sparse | Dense,
}
