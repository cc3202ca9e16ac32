using System.Diagnostics;
using System.Numerics.Tensors;

namespace Splade.AI.Onnx;

/// <summary>Reduces the rows of a text's tokens to one row.</summary>
internal static class TokenReducer
{
    /// <param name="reduction">What to do with each column.</param>
    /// <param name="tokens">Shape <c>[tokens, width]</c>: the rows of real tokens only, never of padding.</param>
    /// <param name="row">Shape <c>[width]</c>: receives the result.</param>
    public static void Reduce(TokenReduction reduction, ReadOnlySpan<float> tokens, Span<float> row)
    {
        Debug.Assert(tokens.Length >= row.Length && tokens.Length % row.Length == 0, "A text has at least one token, and its rows are whole.");
        tokens[..row.Length].CopyTo(row);
        if (reduction == TokenReduction.First)
        {
            return;
        }

        for (int at = row.Length; at < tokens.Length; at += row.Length)
        {
            ReadOnlySpan<float> next = tokens.Slice(at, row.Length);
            if (reduction == TokenReduction.Max)
            {
                TensorPrimitives.Max(row, next, row);
            }
            else
            {
                TensorPrimitives.Add(row, next, row);
            }
        }

        if (reduction == TokenReduction.Mean)
        {
            TensorPrimitives.Divide(row, tokens.Length / row.Length, row);
        }
    }
}
