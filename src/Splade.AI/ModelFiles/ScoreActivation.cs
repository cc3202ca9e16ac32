namespace Splade.AI.ModelFiles;

/// <summary>What makes the score of a cross-encoder's logit.</summary>
internal enum ScoreActivation
{
    /// <summary>The logit is the score.</summary>
    Identity,

    /// <summary>1 / (1 + e<sup>-logit</sup>).</summary>
    Sigmoid,
}
