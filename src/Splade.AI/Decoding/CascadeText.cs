using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Splade.AI.Decoding;

/// <summary>The hidden states of a text in the dimensions of a <see cref="CascadeBasis"/>, as small integers. Set again for each text.</summary>
/// <param name="basis">The dimensions.</param>
/// <param name="transform">Multiplies with the matrix for hidden states; whoever makes this owns it.</param>
/// <param name="width">The length of a hidden state.</param>
internal sealed unsafe class CascadeText(CascadeBasis basis, RowTransform transform, int width) : IDisposable
{
    private const float MaxNorm = short.MaxValue / (float)ScreenWeights.MaxBlockNorm;
    private const float Lengthening = 1.0001f;
    private const int Lanes = 8;

    private readonly AlignedBuffer<float> _centred = new(0);
    private readonly AlignedBuffer<float> _products = new(0);
    private readonly AlignedBuffer<uint> _pairs = new(0);
    private readonly float[] _ones = [.. Enumerable.Repeat(1f, width)];
    private readonly float[] _row = new float[width];

    /// <summary>How many tokens the kernel takes: a multiple of four, for which the last one is repeated.</summary>
    public int Tokens { get; private set; }

    /// <summary>The size of a step.</summary>
    public float Step { get; private set; }

    /// <summary>After each stage, the largest distance of a token to its integers, in the dimensions until then.</summary>
    public float[] Errors { get; } = new float[CascadeStages.Count];

    /// <summary>After each stage, the largest length of a token's integers, in the dimensions until then.</summary>
    public float[] Norms { get; } = new float[CascadeStages.Count];

    /// <summary>The largest length of a hidden state as it was, or of the centre.</summary>
    public float FullNorm { get; private set; }

    /// <summary>The largest distance of a hidden state to the centre.</summary>
    public float CentredNorm { get; private set; }

    /// <summary>The largest length of a hidden state in the basis.</summary>
    public float WholeNorm { get; private set; }

    /// <summary>Shape <c>[tokens, pairs + 1]</c>: a stage's dimensions two by two as bytes, twice, and what the token's rest is long, twice.</summary>
    public uint* Stage(int stage) => _pairs.Pointer + ((nint)Tokens * ((CascadeStages.End(width, stage - 1) / 2) + stage));

    /// <returns>Whether the bound holds for it.</returns>
    public bool Set(HiddenStates states)
    {
        int tokens = states.Numbers.Length / width;
        Tokens = (tokens + 3) / 4 * 4;
        _centred.Reserve((nint)tokens * width);
        _products.Reserve((nint)tokens * width);
        _pairs.Reserve((nint)Tokens * ((width / 2) + CascadeStages.Count));
        Centre(states.Numbers);
        transform.Apply(_centred.Pointer, tokens, _products.Pointer);
        float largest = RowMath.LargestMagnitude(_products.Span(0, tokens * width));
        float unscaled = Math.Max(states.Largest, RowMath.LargestMagnitude(basis.Centre));
        if (!ScreenRange.Holds(largest) || !ScreenRange.Holds(unscaled))
        {
            return false;
        }

        WholeNorm = 0;
        for (int token = 0; token < tokens; token++)
        {
            RowTransform.ReadRow(_products.Pointer, tokens, token, _row);
            _row.CopyTo(_centred.Span((nint)token * width, width));
            WholeNorm = Math.Max(WholeNorm, Lengthening * RowMath.Norm(_row));
        }

        Step = Math.Max(Math.Max(largest / ScreenKernel.Offset, WholeNorm / (MaxNorm - (MathF.Sqrt(width) / 2))), 1e-30f);
        Array.Clear(Errors);
        Array.Clear(Norms);
        for (int token = 0; token < Tokens; token++)
        {
            Quantize(_centred.Pointer + ((nint)Math.Min(token, tokens - 1) * width), token);
        }

        return true;
    }

    public void Dispose()
    {
        _centred.Dispose();
        _products.Dispose();
        _pairs.Dispose();
    }

    private void Centre(ReadOnlySpan<float> hidden)
    {
        FullNorm = RowMath.Norm(basis.Centre);
        CentredNorm = 0;
        for (int at = 0; at < hidden.Length; at += width)
        {
            Span<float> centred = _centred.Span(at, width);
            RowMath.Scale(hidden.Slice(at, width), basis.Centre, _ones, centred);
            FullNorm = Math.Max(FullNorm, RowMath.Norm(hidden.Slice(at, width)));
            CentredNorm = Math.Max(CentredNorm, RowMath.Norm(centred));
        }

        FullNorm *= Lengthening;
        CentredNorm *= Lengthening;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Quantize(float* row, int token)
    {
        Vector256<float> perStep = Vector256.Create(1 / Step), step = Vector256.Create(Step), errors = default, squares = default;
        float* rests = stackalloc float[CascadeStages.Count];
        float rest = 0;
        for (int stage = CascadeStages.Last; stage >= 0; stage--)
        {
            rests[stage] = rest;
            int from = CascadeStages.End(width, stage - 1);
            var part = new ReadOnlySpan<float>(row + from, CascadeStages.End(width, stage) - from);
            rest += RowMath.Dot(part, part);
        }

        for (int stage = 0; stage < CascadeStages.Count; stage++)
        {
            int from = CascadeStages.End(width, stage - 1), to = CascadeStages.End(width, stage), pairs = (to - from) / 2;
            uint* target = Stage(stage) + ((nint)token * (pairs + 1));
            for (int k = from; k < to; k += Lanes)
            {
                Vector256<float> value = Vector256.Load(row + k);
                Vector256<int> steps = Avx.ConvertToVector256Int32(value * perStep);
                Vector256<float> rounded = Avx.ConvertToVector256Single(steps), difference = value - (rounded * step);
                errors += difference * difference;
                squares += rounded * rounded;
                ScreenedText.StorePairs(steps + Vector256.Create(ScreenKernel.Offset), target + ((k - from) / 2));
            }

            Errors[stage] = Math.Max(Errors[stage], Lengthening * MathF.Sqrt(Vector256.Sum(errors)));
            Norms[stage] = Math.Max(Norms[stage], Lengthening * MathF.Sqrt(Vector256.Sum(squares)) * Step);
            target[pairs] = (uint)MathF.Ceiling(Lengthening * MathF.Sqrt(rests[stage]) / Step * CascadeKernel.Fraction) * ScreenedText.Twice;
        }
    }
}
