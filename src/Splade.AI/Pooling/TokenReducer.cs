using System.Buffers;
using System.Diagnostics;
using System.Numerics.Tensors;

namespace Splade.AI.Pooling;

/// <summary>Reduces the rows of a text's tokens to one row.</summary>
internal static class TokenReducer
{
    /// <param name="reduction">What to do with each column.</param>
    /// <param name="tokens">Shape <c>[tokens, width]</c>: the rows of real tokens only, never of padding.</param>
    /// <param name="row">Shape <c>[width]</c>: receives the result.</param>
    public static void Reduce(TokenReduction reduction, ReadOnlySpan<float> tokens, Span<float> row)
    {
        Debug.Assert(tokens.Length >= row.Length && tokens.Length % row.Length == 0, "A text has at least one token, and its rows are whole.");
        switch (reduction)
        {
            case { Logits: LogitPooling.Max }:
                Fold(tokens, row, static (next, sum) => TensorPrimitives.Max(sum, next, sum));
                break;
            case { Logits: LogitPooling pooling }:
                SumActivated(tokens, row, twice: pooling == LogitPooling.SumOfLog1pRelu);
                break;
            case { FirstOnly: true }:
                tokens[..row.Length].CopyTo(row);
                break;
            default:
                Fold(tokens, row, static (next, sum) => TensorPrimitives.Add(sum, next, sum));
                TensorPrimitives.Divide(row, tokens.Length / row.Length, row);
                break;
        }
    }

    private static void Fold(ReadOnlySpan<float> tokens, Span<float> row, Step step)
    {
        tokens[..row.Length].CopyTo(row);
        for (int at = row.Length; at < tokens.Length; at += row.Length)
        {
            step(tokens.Slice(at, row.Length), row);
        }
    }

    // The logarithm does not pass through a sum, so here it is taken for every token.
    private static void SumActivated(ReadOnlySpan<float> tokens, Span<float> row, bool twice)
    {
        float[] buffer = ArrayPool<float>.Shared.Rent(row.Length);
        try
        {
            Span<float> activated = buffer.AsSpan(0, row.Length);
            row.Clear();
            for (int at = 0; at < tokens.Length; at += row.Length)
            {
                tokens.Slice(at, row.Length).CopyTo(activated);
                LogActivation.Apply(activated, twice);
                TensorPrimitives.Add(row, activated, row);
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(buffer);
        }
    }

    private delegate void Step(ReadOnlySpan<float> next, Span<float> sum);
}
