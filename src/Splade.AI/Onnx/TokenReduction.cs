namespace Splade.AI.Onnx;

/// <summary>How the model's outputs for the tokens of a text become one row for the text.</summary>
internal enum TokenReduction
{
    /// <summary>The largest value of each column.</summary>
    Max,

    /// <summary>The mean of each column.</summary>
    Mean,

    /// <summary>The row of the first token.</summary>
    First,

    /// <summary>The sum over each column of <c>log(1 + max(x, 0))</c>.</summary>
    SumOfRelu,

    /// <summary>The sum over each column of <c>log(1 + log(1 + max(x, 0)))</c>.</summary>
    SumOfLog1pRelu,
}

/// <content>What they are for.</content>
internal static class TokenReductions
{
    /// <summary>Whether the rows are logits over a vocabulary, and not parts of a dense vector.</summary>
    public static bool IsSparse(this TokenReduction reduction) => reduction is not (TokenReduction.Mean or TokenReduction.First);
}
