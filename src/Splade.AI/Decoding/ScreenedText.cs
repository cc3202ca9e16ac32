using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Splade.AI.Decoding;

/// <summary>The hidden states of a text as small integers, and by how much they differ from what they were. Set again for each text.</summary>
/// <param name="width">The length of a hidden state.</param>
internal sealed unsafe class ScreenedText(int width) : IDisposable
{
    /// <summary>
    /// The largest number of steps that a hidden state's block may be long, so that sums with
    /// <see cref="ScreenWeights.MaxBlockNorm"/> fit 16 bits.
    /// </summary>
    private const float MaxBlockNorm = short.MaxValue / (float)ScreenWeights.MaxBlockNorm;

    private const int Lanes = 8;

    /// <summary>Repeats the lower half of a number in its upper half.</summary>
    public const uint Twice = 0x00010001;

    private readonly AlignedBuffer<uint> _pairs = new(0);
    private readonly AlignedBuffer<float> _buffer = new(0);
    private readonly int _width = width;
    private readonly int _paddedWidth = width + (width % 2);

    /// <summary>Shape <c>[tokens, width / 2]</c>, the width made even, as <see cref="ScreenKernel"/> reads them.</summary>
    public uint* Pairs => _pairs.Pointer;

    /// <summary>The size of a step.</summary>
    public float Step { get; private set; }

    /// <summary>The largest distance of a token's scaled hidden state to its integers; infinite where they say nothing.</summary>
    public float Error { get; private set; }

    /// <summary>The largest length of a token's integers, in the size of the hidden state.</summary>
    public float Norm { get; private set; }

    /// <summary>The largest length of a token's hidden state as it was, or of the centre: what rounding errors are in proportion to.</summary>
    public float FullNorm { get; private set; }

    public void Set(HiddenStates states, ScreenScale scale)
    {
        ReadOnlySpan<float> hidden = states.Numbers;
        _buffer.Reserve(hidden.Length);
        _pairs.Reserve((nint)hidden.Length / _width * _paddedWidth / 2);
        Span<float> scaled = _buffer.Span(0, hidden.Length);
        float largest = 0, blockNorm = 0;
        FullNorm = RowMath.Norm(scale.Centre);
        for (int at = 0; at < hidden.Length; at += _width)
        {
            Span<float> token = scaled.Slice(at, _width);
            RowMath.Scale(hidden.Slice(at, _width), scale.Centre, scale.Inverse, token);
            largest = Math.Max(largest, RowMath.LargestMagnitude(token));
            FullNorm = Math.Max(FullNorm, RowMath.Norm(hidden.Slice(at, _width)));
            for (int from = 0; from < _width; from += ScreenKernel.Block)
            {
                blockNorm = Math.Max(blockNorm, RowMath.Norm(token[from..Math.Min(_width, from + ScreenKernel.Block)]));
            }
        }

        Step = Math.Max(Math.Max(largest / ScreenKernel.Offset, blockNorm / (MaxBlockNorm - ScreenKernel.RoundingOfBlock)), 1e-30f);
        Quantize(scaled);
        float unscaled = Math.Max(states.Largest, RowMath.LargestMagnitude(scale.Centre));
        if (!ScreenRange.Holds(largest) || !ScreenRange.Holds(unscaled))
        {
            Error = float.PositiveInfinity;
        }
    }

    public void Dispose()
    {
        _pairs.Dispose();
        _buffer.Dispose();
    }

    private void Quantize(ReadOnlySpan<float> scaled)
    {
        Error = 0;
        Norm = 0;
        uint* target = _pairs.Pointer;
        fixed (float* values = scaled)
        {
            for (int at = 0; at < scaled.Length; at += _width, target += _paddedWidth / 2)
            {
                QuantizeToken(values + at, target);
            }
        }

        Norm *= Step;
    }

    private void QuantizeToken(float* values, uint* target)
    {
        Vector256<float> perStep = Vector256.Create(1 / Step), step = Vector256.Create(Step), errors = default, squares = default;
        int k = 0;
        for (; k <= _width - Lanes; k += Lanes)
        {
            Vector256<float> value = Vector256.Load(values + k);
            Vector256<int> steps = Avx.ConvertToVector256Int32(value * perStep);
            Vector256<float> rounded = Avx.ConvertToVector256Single(steps);
            Vector256<float> difference = value - (rounded * step);
            errors += difference * difference;
            squares += rounded * rounded;
            StorePairs(steps + Vector256.Create(ScreenKernel.Offset), target + (k / 2));
        }

        float error = Vector256.Sum(errors), square = Vector256.Sum(squares);
        for (; k < _paddedWidth; k += 2)
        {
            uint pair = 0;
            for (int i = 0; i < 2; i++)
            {
                float value = k + i < _width ? values[k + i] : 0;
                float rounded = MathF.Round(value / Step);
                error += (value - (rounded * Step)) * (value - (rounded * Step));
                square += rounded * rounded;
                pair |= (uint)(rounded + ScreenKernel.Offset) << (8 * i);
            }

            target[k / 2] = pair * Twice;
        }

        Error = Math.Max(Error, MathF.Sqrt(error));
        Norm = Math.Max(Norm, MathF.Sqrt(square));
    }

    // Eight numbers below 256 become four pairs of bytes, each pair twice.
    public static void StorePairs(Vector256<int> bytes, uint* target)
    {
        Vector256<ulong> pairs = bytes.AsUInt64() | (bytes.AsUInt64() >> 24);
        Vector256<uint> close = Avx2.PermuteVar8x32(pairs.AsUInt32(), Vector256.Create(0u, 2, 4, 6, 0, 0, 0, 0));
        ((close & Vector256.Create(0xFFFFu)) * Vector256.Create(Twice)).GetLower().Store(target);
    }
}
