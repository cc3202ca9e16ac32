using System.Numerics;
using System.Runtime.Intrinsics;

namespace Splade.AI.Decoding;

/// <summary>The decoder as small integers, with what it takes to bound how far a logit of theirs is from the true one.</summary>
/// <remarks>
/// For a token x of a text and an entry's weights w, both scaled (<see cref="ScreenScale"/>), and their integers x', w' times their steps,
/// Cauchy and Schwarz give <c>|x·w - x'·w'| &lt;= |x - x'| |w| + |x'| |w - w'|</c>. Where the largest integer product of a text's tokens plus
/// this bound is not positive, the entry's weight is zero and need not be computed.
/// </remarks>
internal sealed unsafe class ScreenWeights : IDisposable
{
    /// <summary>The largest number of steps that a block of weights may be long: see <see cref="ScreenKernel"/>.</summary>
    public const int MaxBlockNorm = 170;

    /// <summary>
    /// Of the product of the lengths: the chain of n fused multiply-adds is off by at most n roundings of 2^-24, and so is the product with the
    /// centre; taking the centre off, scaling, the integers' own sizes and the sum of the bound add fewer than 40.
    /// </summary>
    private const float Rounding = 1f / (1 << 24);

    /// <summary>Lengths are sums of as many squares as there are dimensions: this is more than they can be too short by.</summary>
    private const float Lengthening = 1.0001f;

    private readonly AlignedBuffer<sbyte> _panels;
    private readonly AlignedBuffer<short> _starts;
    private readonly float[] _steps;
    private readonly float[] _bias;
    private readonly float[] _norms;
    private readonly float[] _errors;
    private readonly float[] _rounding;
    private readonly int _blocks;

    public ScreenWeights(DecoderWeights weights, ScreenScale scale)
    {
        Scale = scale;
        Columns = weights.Columns;
        Width = weights.Width + (weights.Width % 2);
        Panels = (Columns + ScreenKernel.Columns - 1) / ScreenKernel.Columns;
        _blocks = (Width + ScreenKernel.Block - 1) / ScreenKernel.Block;
        _panels = new AlignedBuffer<sbyte>((nint)Panels * ScreenKernel.Columns * Width);
        _starts = new AlignedBuffer<short>((nint)Panels * ScreenKernel.Columns * _blocks);
        _steps = new float[Columns];
        _bias = new float[Columns];
        _norms = new float[Columns];
        _errors = new float[Columns];
        _rounding = new float[Columns];
        Parallel.For(0, Panels, panel => Fill(weights, panel));
    }

    public ScreenScale Scale { get; }

    /// <summary>How many entries the vocabulary has.</summary>
    public int Columns { get; }

    /// <summary>The length of a hidden state, made even.</summary>
    public int Width { get; }

    /// <summary>How many panels of <see cref="ScreenKernel.Columns"/> entries; the last may be filled up with zeros.</summary>
    public int Panels { get; }

    public sbyte* Panel(int panel) => _panels.Pointer + ((nint)panel * ScreenKernel.Columns * Width);

    public short* Starts(int panel) => _starts.Pointer + ((nint)panel * ScreenKernel.Columns * _blocks);

    /// <summary>Finds the entries whose logit may be positive for some token of a text.</summary>
    /// <param name="maxima">Shape <c>[panels, <see cref="ScreenKernel.Columns"/>]</c>: the largest product of integers of each entry.</param>
    /// <param name="text">The text.</param>
    /// <param name="candidates">Shape <c>[columns]</c>: receives the entries, ascending.</param>
    /// <returns>How many there are.</returns>
    public int FindCandidates(int* maxima, ScreenedText text, Span<int> candidates)
    {
        int found = 0, column = 0;
        fixed (float* steps = _steps, bias = _bias, norms = _norms, errors = _errors, rounding = _rounding)
        {
            var step = Vector256.Create(text.Step);
            var error = Vector256.Create(text.Error);
            var norm = Vector256.Create(text.Norm);
            var fullNorm = Vector256.Create(text.FullNorm);
            for (; column <= Columns - Vector256<float>.Count; column += Vector256<float>.Count)
            {
                Vector256<float> largest = Vector256.ConvertToSingle(Vector256.Load(maxima + column));
                Vector256<float> bound = (largest * step * Vector256.Load(steps + column)) + Vector256.Load(bias + column)
                    + (error * Vector256.Load(norms + column)) + (norm * Vector256.Load(errors + column))
                    + (fullNorm * Vector256.Load(rounding + column));

                // A bound that overflowed, and is no number, counts.
                uint possible = ~Vector256.LessThanOrEqual(bound, Vector256<float>.Zero).ExtractMostSignificantBits() & byte.MaxValue;
                for (; possible != 0; possible &= possible - 1)
                {
                    candidates[found++] = column + BitOperations.TrailingZeroCount(possible);
                }
            }
        }

        for (; column < Columns; column++)
        {
            if (!(Bound(column, maxima[column], text) <= 0))
            {
                candidates[found++] = column;
            }
        }

        return found;
    }

    public void Dispose()
    {
        _panels.Dispose();
        _starts.Dispose();
    }

    private float Bound(int column, int largest, ScreenedText text) =>
        (largest * text.Step * _steps[column]) + _bias[column] + (text.Error * _norms[column]) + (text.Norm * _errors[column])
        + (text.FullNorm * _rounding[column]);

    private void Fill(DecoderWeights weights, int panel)
    {
        var quantizer = new WeightQuantizer(Scale.Spread);
        int first = panel * ScreenKernel.Columns;
        float maxBlockNorm = MaxBlockNorm - ScreenKernel.RoundingOfBlock;
        for (int lane = 0; lane < ScreenKernel.Columns && first + lane < Columns; lane++)
        {
            int column = first + lane;
            ReadOnlySpan<float> row = weights.Row(column);
            quantizer.Quantize(weights.Pointer + ((nint)column * weights.Width), maxBlockNorm, (short*)Panel(panel) + lane, Starts(panel) + lane);
            bool holds = ScreenRange.Holds(RowMath.LargestMagnitude(row)) && ScreenRange.Holds(quantizer.Largest);
            _steps[column] = quantizer.Step;
            _norms[column] = Lengthening * quantizer.Norm;
            _errors[column] = holds ? Lengthening * quantizer.Error : float.PositiveInfinity;
            _bias[column] = weights.Bias[column] + RowMath.Dot(row, Scale.Centre);
            _rounding[column] = Rounding * ((2 * weights.Width) + 40) * Lengthening * RowMath.Norm(row);
        }
    }
}
