namespace Splade.AI.ModelFiles;

/// <summary>Specifies how the activated logits of a text's tokens become one weight per vocabulary entry.</summary>
public enum PoolingStrategy
{
    /// <summary>The largest over the tokens: SPLADE v2 and later.</summary>
    Max,

    /// <summary>The sum over the tokens: SPLADE v1.</summary>
    Sum,
}
