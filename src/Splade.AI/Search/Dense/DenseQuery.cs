using System.Runtime.Intrinsics;

namespace Splade.AI.Search.Dense;

/// <summary>A query as small integers, and bounds on the scores of rows by theirs.</summary>
/// <remarks>
/// For a row x and the query q with their integers x', q' times their steps, Cauchy and Schwarz give
/// <c>|x q - x' q'| &lt;= |x| |q - q'| + |x - x'| |q'|</c>. Immutable.
/// </remarks>
internal sealed unsafe class DenseQuery
{
    /// <summary>What the rounding of a float may be, relative to itself.</summary>
    private const double Rounding = 1.0 / (1 << 23);

    private const uint All = (1 << DenseKernel.Rows) - 1;

    private readonly sbyte[] _integers;
    private readonly bool _isBounded;
    private readonly float _step;
    private readonly float _perNorm;
    private readonly float _perError;
    private readonly float _underflow;

    /// <param name="values">The query.</param>
    /// <param name="width">The length of a row of integers.</param>
    public DenseQuery(float[] values, int width)
    {
        Values = values;
        _integers = new sbyte[width];
        _isBounded = width <= DenseKernel.MostWidth;
        SmallIntegers small = SmallIntegers.Write(values, factor: 1, _integers);
        _step = small.Step;

        // A score is a sum of rounded products, and the bound itself is rounded.
        _perNorm = (float)(small.Error + ((values.Length + 32) * Rounding * small.Norm));
        _perError = (float)((small.Norm + small.Error) * (1 + (8 * Rounding)));

        // Below the normal floats rounding is not relative: each product of the score or the bound is off by half of the smallest float at most.
        _underflow = (values.Length + 32) * float.Epsilon;
    }

    public float[] Values { get; }

    /// <summary>Which of four rows may have a score that is not below a threshold, as bits.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="row">The first of the rows, a multiple of four.</param>
    /// <param name="least">The threshold.</param>
    public uint FindCandidates(DenseSegment segment, int row, float least)
    {
        if (!_isBounded)
        {
            return All;
        }

        Vector128<int> products;
        fixed (sbyte* query = _integers)
        {
            products = DenseKernel.Multiply(segment.Integers(row), query, segment.Width);
        }

        Vector128<float> bounds = (Vector128.ConvertToSingle(products) * Vector128.Create(_step) * segment.Steps(row))
            + (segment.Norms(row) * Vector128.Create(_perNorm))
            + (segment.Errors(row) * Vector128.Create(_perError));

        // A bound that is no number or has left the range of floats, or a threshold that is no number, excludes nothing.
        Vector128<float> excluded = Vector128.LessThan(bounds, Vector128.Create(least - _underflow))
            & Vector128.GreaterThan(bounds, Vector128.Create(float.NegativeInfinity));
        return ~excluded.ExtractMostSignificantBits() & All;
    }
}
