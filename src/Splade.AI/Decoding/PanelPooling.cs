using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Splade.AI.Pooling;

namespace Splade.AI.Decoding;

/// <summary>Pools the logits of a panel over the tokens of a text.</summary>
internal static unsafe class PanelPooling
{
    private const int Lanes = 8;

    /// <param name="pooling">What to do with each column.</param>
    /// <param name="logits">Shape <c>[tokens, <see cref="PanelKernel.Columns"/>]</c>, without bias. They are overwritten.</param>
    /// <param name="tokens">How many tokens, at least one.</param>
    /// <param name="bias">Shape <c>[<see cref="PanelKernel.Columns"/>]</c>.</param>
    /// <param name="pooled">Shape <c>[<see cref="PanelKernel.Columns"/>]</c>: receives the result.</param>
    public static void Pool(LogitPooling pooling, float* logits, int tokens, float* bias, float* pooled)
    {
        if (pooling == LogitPooling.Max)
        {
            Max(logits, tokens, bias, pooled);
        }
        else
        {
            Activate(new Span<float>(logits, tokens * PanelKernel.Columns), bias, twice: pooling == LogitPooling.SumOfLog1pRelu);
            Sum(logits, tokens, pooled);
        }
    }

    // Adding the bias rounds monotonously: it may be added to the maximum, once.
    private static void Max(float* logits, int tokens, float* bias, float* pooled)
    {
        for (int lane = 0; lane < PanelKernel.Columns; lane += Lanes)
        {
            Vector256<float> max = Vector256.Load(logits + lane);
            for (int token = 1; token < tokens; token++)
            {
                max = Avx.Max(max, Vector256.Load(logits + (token * PanelKernel.Columns) + lane));
            }

            (max + Vector256.Load(bias + lane)).Store(pooled + lane);
        }
    }

    private static void Activate(Span<float> logits, float* bias, bool twice)
    {
        for (int at = 0; at < logits.Length; at += PanelKernel.Columns)
        {
            Span<float> token = logits.Slice(at, PanelKernel.Columns);
            TensorPrimitives.Add(token, new ReadOnlySpan<float>(bias, PanelKernel.Columns), token);
        }

        LogActivation.Apply(logits, twice);
    }

    private static void Sum(float* logits, int tokens, float* pooled)
    {
        for (int lane = 0; lane < PanelKernel.Columns; lane += Lanes)
        {
            Vector256<float> sum = default;
            for (int token = 0; token < tokens; token++)
            {
                sum += Vector256.Load(logits + (token * PanelKernel.Columns) + lane);
            }

            sum.Store(pooled + lane);
        }
    }
}
