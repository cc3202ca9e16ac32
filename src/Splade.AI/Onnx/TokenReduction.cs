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
}
