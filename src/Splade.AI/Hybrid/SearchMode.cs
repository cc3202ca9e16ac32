namespace Splade.AI.Hybrid;

/// <summary>Specifies which of a record's vectors a search ranks by.</summary>
public enum SearchMode
{
    /// <summary>Both, fused as a <see cref="HybridFusion"/> says. The default.</summary>
    Hybrid,

    /// <summary>The sparse vector only.</summary>
    Sparse,

    /// <summary>The dense vector only.</summary>
    Dense,
}
