using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Splade.AI.Decoding;

/// <summary>The decoder in the dimensions of a <see cref="CascadeBasis"/>, as small integers, with what it takes to bound a logit after each stage.</summary>
/// <remarks>
/// After the dimensions K of the first stages, with x̂ and ŵ the integers times their steps,
/// <c>|x'·w' - x̂_K·ŵ_K| &lt;= |x'_K - x̂_K| |w'_K| + |x̂_K| |w'_K - ŵ_K| + |x'_rest| |w'_rest|</c> by Cauchy and Schwarz. The first two terms are
/// bounded for all tokens of a text together, the last one for each token (<see cref="CascadeKernel"/>).
/// </remarks>
internal sealed unsafe class CascadeWeights : IDisposable
{
    /// <summary>A unit of rounding: half of the distance from 1 to the next number.</summary>
    private const float Unit = 1f / (1 << 24);

    /// <summary>Lengths are sums of as many squares as there are dimensions: this is more than they can be too short by.</summary>
    private const float Lengthening = 1.0001f;

    private readonly AlignedBuffer<sbyte> _panels;
    private readonly AlignedBuffer<short> _starts;
    private readonly AlignedBuffer<ushort> _rests;
    private readonly AlignedBuffer<float> _constants;
    private readonly int[] _order;

    /// <param name="weights">The decoder, which is read here only.</param>
    /// <param name="basis">The dimensions.</param>
    /// <param name="goesOn">Whether it is still wanted; asked now and then.</param>
    public CascadeWeights(DecoderWeights weights, CascadeBasis basis, Func<bool> goesOn)
    {
        Width = weights.Width;
        Columns = weights.Columns;
        Panels = (Columns + ScreenKernel.Columns - 1) / ScreenKernel.Columns;
        nint padded = (nint)Panels * ScreenKernel.Columns;
        _panels = new AlignedBuffer<sbyte>(padded * Width);
        _starts = new AlignedBuffer<short>(padded * CascadeStages.Count);
        _rests = new AlignedBuffer<ushort>(padded * CascadeStages.Count);
        _constants = new AlignedBuffer<float>(padded * Kinds);
        var columns = new CascadeColumns(weights, basis);
        _order = columns.Order();
        using var transform = new RowTransform(basis.WeightColumns, Width);
        using var scratch = new AlignedBuffer<float>((nint)2 * ScreenKernel.Columns * Width);
        for (int panel = 0; panel < Panels && goesOn(); panel++)
        {
            Fill(columns, transform, panel, scratch.Pointer);
        }
    }

    public int Width { get; }

    public int Columns { get; }

    public int Panels { get; }

    /// <summary>The vocabulary's entries of a panel; fewer than its columns where it is filled up.</summary>
    public ReadOnlySpan<int> EntriesOf(int panel)
    {
        int first = panel * ScreenKernel.Columns;
        return _order.AsSpan(first, Math.Min(ScreenKernel.Columns, Columns - first));
    }

    private const int Lane = ScreenKernel.Columns;
    private const int Steps = 0;
    private const int Bias = 1;
    private const int OfFull = 2;
    private const int OfCentred = 3;
    private const int OfNorm = 4;
    private const int FirstStage = 5;
    private const int Kinds = FirstStage + (2 * CascadeStages.Count);

    public sbyte* Panel(int panel, int stage) =>
        _panels.Pointer + ((nint)panel * ScreenKernel.Columns * Width) + (CascadeStages.End(Width, stage - 1) * ScreenKernel.Columns);

    public short* Starts(int panel, int stage) => _starts.Pointer + At(panel, stage);

    /// <summary>How long a weight is in the dimensions after a stage, in 256ths of its step, rounded up.</summary>
    public ushort* Rests(int panel, int stage) => _rests.Pointer + At(panel, stage);

    /// <summary>The integer that a sum of products and the rest must exceed for the logit to be positive, perhaps.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="stage">After which stage.</param>
    /// <param name="text">The text.</param>
    /// <param name="thresholds">Shape <c>[<see cref="ScreenKernel.Columns"/>]</c>: receives them.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SetThresholds(int panel, int stage, CascadeText text, short* thresholds)
    {
        var error = Vector256.Create(text.Errors[stage]);
        var norm = Vector256.Create(text.Norms[stage]);
        var full = Vector256.Create(text.FullNorm);
        var centred = Vector256.Create(text.CentredNorm);
        var whole = Vector256.Create(text.WholeNorm);
        var perStep = Vector256.Create(-1 / text.Step);
        Vector256<int>* found = stackalloc Vector256<int>[4];
        float* constants = Constants(panel, 0), ofStage = Constants(panel, FirstStage + (2 * stage));
        for (int i = 0; i < 4; i++, constants += Vector256<float>.Count, ofStage += Vector256<float>.Count)
        {
            Vector256<float> bound = Vector256.Load(constants + (Bias * Lane)) + (error * Vector256.Load(ofStage)) + (norm * Vector256.Load(ofStage + Lane))
                + (full * Vector256.Load(constants + (OfFull * Lane))) + (centred * Vector256.Load(constants + (OfCentred * Lane)))
                + (whole * Vector256.Load(constants + (OfNorm * Lane)));

            // Rounded down, and two less: the kernel rounds a product down, and this division is not exact. What is no number counts as least.
            Vector256<float> threshold = Avx.Floor(bound * perStep * Vector256.Load(constants + (Steps * Lane))) - Vector256.Create(2f);
            threshold = Avx.Max(Avx.Min(Vector256.Create((float)short.MaxValue), threshold), Vector256.Create((float)short.MinValue));
            found[i] = Avx.ConvertToVector256Int32(threshold);
        }

        Avx2.Permute4x64(Avx2.PackSignedSaturate(found[0], found[1]).AsInt64(), 0b11_01_10_00).AsInt16().Store(thresholds);
        Avx2.Permute4x64(Avx2.PackSignedSaturate(found[2], found[3]).AsInt64(), 0b11_01_10_00).AsInt16().Store(thresholds + Vector256<short>.Count);
    }

    public void Dispose()
    {
        _panels.Dispose();
        _starts.Dispose();
        _rests.Dispose();
        _constants.Dispose();
    }

    private float* Constants(int panel, int kind) => _constants.Pointer + ((((nint)panel * Kinds) + kind) * Lane);

    private static nint At(int panel, int stage) => (((nint)panel * CascadeStages.Count) + stage) * ScreenKernel.Columns;

    private void Fill(CascadeColumns columns, RowTransform transform, int panel, float* scratch)
    {
        int first = panel * ScreenKernel.Columns;
        float* products = scratch + (ScreenKernel.Columns * Width);
        columns.Read(_order, first, scratch);
        transform.Apply(scratch, ScreenKernel.Columns, products);
        float[] row = new float[Width];
        for (int lane = 0; lane < ScreenKernel.Columns; lane++)
        {
            int entry = first + lane < Columns ? _order[first + lane] : -1;
            RowTransform.ReadRow(products, ScreenKernel.Columns, lane, row);
            FillColumn(columns, entry, row, panel, lane);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FillColumn(CascadeColumns columns, int entry, float[] row, int panel, int lane)
    {
        float* constants = Constants(panel, 0) + lane;
        float largest = RowMath.LargestMagnitude(row);
        if (entry < 0 || !ScreenRange.Holds(largest) || !ScreenRange.Holds(RowMath.LargestMagnitude(columns.Row(entry))))
        {
            // Integers of zero, and a bias that decides: what fills the panel up is never positive, what has no bound may always be.
            constants[Bias * Lane] = entry < 0 ? float.NegativeInfinity : float.PositiveInfinity;
            constants[Steps * Lane] = 1;
            return;
        }

        float norm = Lengthening * RowMath.Norm(row), whole = Lengthening * RowMath.Norm(columns.Row(entry));
        float step = Math.Max(Math.Max(largest / sbyte.MaxValue, norm / (ScreenWeights.MaxBlockNorm - (MathF.Sqrt(Width) / 2))), 1e-30f);
        constants[OfFull * Lane] = columns.RoundingOfLogit * whole;
        constants[OfCentred * Lane] = (columns.Inexactness * whole) + (columns.RoundingOfHidden * norm);
        constants[OfNorm * Lane] = (columns.RoundingOfWeights * whole) + (8 * Unit * norm);
        constants[Bias * Lane] = columns.BiasOf(entry);
        constants[Steps * Lane] = 1 / step;
        Vector256<float> steps = Vector256.Create(step), perStep = Vector256.Create(1 / step), errors = default, squares = default;
        for (int stage = 0; stage < CascadeStages.Count; stage++)
        {
            int from = CascadeStages.End(Width, stage - 1), to = CascadeStages.End(Width, stage);
            Vector256<int> sums = default;
            short* target = (short*)Panel(panel, stage) + lane;
            for (int k = from; k < to; k += Vector256<float>.Count)
            {
                Vector256<float> value = Vector256.Create(row.AsSpan(k));
                Vector256<int> integers = Avx.ConvertToVector256Int32(value * perStep);
                Vector256<float> difference = value - (Avx.ConvertToVector256Single(integers) * steps);
                errors += difference * difference;
                squares += value * value;
                sums += integers;
                ulong bytes = WeightQuantizer.Pack(integers);
                for (int i = 0; i < Vector256<float>.Count / 2; i++, bytes >>= 16, target += ScreenKernel.Columns)
                {
                    *target = (short)bytes;
                }
            }

            // May wrap around, as the sums of the kernel may.
            Starts(panel, stage)[lane] = unchecked((short)(-ScreenKernel.Offset * Vector256.Sum(sums)));
            Rests(panel, stage)[lane] = (ushort)MathF.Ceiling(Lengthening * RowMath.Norm(row.AsSpan(to)) / step * CascadeKernel.Fraction);
            constants[(FirstStage + (2 * stage)) * Lane] = Lengthening * MathF.Sqrt(Vector256.Sum(squares));
            constants[(FirstStage + (2 * stage) + 1) * Lane] = Lengthening * MathF.Sqrt(Vector256.Sum(errors));
        }
    }
}
