namespace Splade.AI.Hybrid;

/// <summary>Specifies which of a record's vectors a search ranks by.</summary>
public enum SearchMode
{
    /// <summary>All that are asked for, fused as a <see cref="HybridFusion"/> says. The default.</summary>
    Hybrid,

    /// <summary>The sparse vectors only; several are fused.</summary>
    Sparse,

    /// <summary>The dense vectors only; several are fused.</summary>
    Dense,
}
