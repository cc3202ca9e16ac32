namespace Splade.AI.Pooling;

/// <summary>How the logits of a text's tokens become one number for each vocabulary entry.</summary>
internal enum LogitPooling
{
    /// <summary>The largest logit.</summary>
    Max,

    /// <summary>The sum of <c>log(1 + max(x, 0))</c>.</summary>
    SumOfRelu,

    /// <summary>The sum of <c>log(1 + log(1 + max(x, 0)))</c>.</summary>
    SumOfLog1pRelu,
}
