namespace Splade.AI.ModelFiles;

/// <summary>Specifies how what a model gives for each token of a text becomes one vector.</summary>
public enum PoolingStrategy
{
    /// <summary>The largest activated logit over the tokens: SPLADE v2 and later.</summary>
    Max,

    /// <summary>The sum of the activated logits over the tokens: SPLADE v1.</summary>
    Sum,

    /// <summary>The mean of dense vectors over all tokens, special tokens included.</summary>
    Mean,

    /// <summary>The dense vector of the first token.</summary>
    Cls,
}
