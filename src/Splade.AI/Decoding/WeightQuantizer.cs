using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Splade.AI.Decoding;

/// <summary>Makes small integers of the weights of vocabulary entries, one after the other. One for each thread.</summary>
/// <param name="spread">The scale of each dimension.</param>
internal sealed unsafe class WeightQuantizer(float[] spread)
{
    private const int Lanes = 8;
    private const int MaxSteps = sbyte.MaxValue;

    private readonly float[] _scaled = new float[spread.Length + Lanes];
    private readonly int _width = spread.Length;

    /// <summary>The size of a step of the last entry.</summary>
    public float Step { get; private set; }

    /// <summary>The largest magnitude of its scaled weights.</summary>
    public float Largest { get; private set; }

    /// <summary>The length of its scaled weights.</summary>
    public float Norm { get; private set; }

    /// <summary>Their distance to their integers.</summary>
    public float Error { get; private set; }

    /// <param name="weights">Shape <c>[width]</c>.</param>
    /// <param name="maxBlockNorm">The most steps that a block of <see cref="ScreenKernel.Block"/> dimensions may be long.</param>
    /// <param name="pairs">Receives the integers, two by two, each pair <see cref="ScreenKernel.Columns"/> from the last.</param>
    /// <param name="starts">Receives what takes the offset out of a block's sum, each <see cref="ScreenKernel.Columns"/> from the last.</param>
    public void Quantize(float* weights, float maxBlockNorm, short* pairs, short* starts)
    {
        fixed (float* scaled = _scaled, factors = spread)
        {
            Step = FindStep(weights, factors, scaled, maxBlockNorm);
            Place(scaled, pairs, starts);
        }
    }

    // The smallest step with which no integer leaves its range, and no block is longer than it may be.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private float FindStep(float* weights, float* factors, float* scaled, float maxBlockNorm)
    {
        float largest = 0, longest = 0, all = 0;
        for (int from = 0; from < _width; from += ScreenKernel.Block)
        {
            int to = Math.Min(_width, from + ScreenKernel.Block), k = from;
            Vector256<float> max = default, squares = default;
            for (; k <= to - Lanes; k += Lanes)
            {
                Vector256<float> value = Vector256.Load(weights + k) * Vector256.Load(factors + k);
                value.Store(scaled + k);
                max = Avx.Max(max, Vector256.Abs(value));
                squares += value * value;
            }

            float square = Vector256.Sum(squares);
            for (int i = 0; i < Lanes; i++)
            {
                largest = Math.Max(largest, max[i]);
            }

            for (; k < to; k++)
            {
                scaled[k] = weights[k] * factors[k];
                largest = Math.Max(largest, Math.Abs(scaled[k]));
                square += scaled[k] * scaled[k];
            }

            longest = Math.Max(longest, square);
            all += square;
        }

        Largest = largest;
        Norm = MathF.Sqrt(all);
        return Math.Max(Math.Max(largest / MaxSteps, MathF.Sqrt(longest) / maxBlockNorm), 1e-30f);
    }

    // The buffer ends with zeros: a last group that is not full is filled up with them.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Place(float* scaled, short* pairs, short* starts)
    {
        Vector256<float> perStep = Vector256.Create(1 / Step), step = Vector256.Create(Step), errors = default;
        for (int from = 0; from < _width; from += ScreenKernel.Block)
        {
            int to = Math.Min(_width, from + ScreenKernel.Block);
            Vector256<int> sums = default;
            for (int k = from; k < to; k += Lanes)
            {
                Vector256<float> value = Vector256.Load(scaled + k);
                Vector256<int> steps = Avx.ConvertToVector256Int32(value * perStep);
                Vector256<float> difference = value - (Avx.ConvertToVector256Single(steps) * step);
                errors += difference * difference;
                sums += steps;
                ulong bytes = Pack(steps);
                for (int i = 0; i < Lanes / 2 && k + (2 * i) < to; i++, bytes >>= 16)
                {
                    *pairs = (short)bytes;
                    pairs += ScreenKernel.Columns;
                }
            }

            // May wrap around, as the sums of the kernel may.
            *starts = unchecked((short)(-ScreenKernel.Offset * Vector256.Sum(sums)));
            starts += ScreenKernel.Columns;
        }

        Error = MathF.Sqrt(Vector256.Sum(errors));
    }

    // Eight numbers of a byte each.
    public static ulong Pack(Vector256<int> numbers)
    {
        Vector128<short> words = Sse2.PackSignedSaturate(numbers.GetLower(), numbers.GetUpper());
        return Sse2.PackSignedSaturate(words, words).AsUInt64()[0];
    }
}
