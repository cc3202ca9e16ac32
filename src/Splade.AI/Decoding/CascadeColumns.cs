using System.Numerics;

namespace Splade.AI.Decoding;

/// <summary>The decoder's columns while a cascade is made of them: their order, and the rounding that its bound has to allow for.</summary>
internal sealed unsafe class CascadeColumns
{
    private const float Unit = 1f / (1 << 24);

    private readonly DecoderWeights _weights;
    private readonly CascadeBasis _basis;

    public CascadeColumns(DecoderWeights weights, CascadeBasis basis)
    {
        _weights = weights;
        _basis = basis;

        // A chain of n fused multiply-adds is off by at most n roundings of the product of the lengths, or of a matrix's Frobenius norm.
        float chain = Unit * (weights.Width + 8);
        RoundingOfLogit = Unit * ((2 * weights.Width) + 40);
        RoundingOfHidden = chain * basis.HiddenNorm;
        RoundingOfWeights = chain * basis.WeightNorm;
        Inexactness = basis.Inexactness + (RoundingOfHidden * RoundingOfWeights);
    }

    /// <summary>Of a logit in floats, and of the centre's share of it, by the lengths of the hidden state and the weight.</summary>
    public float RoundingOfLogit { get; }

    /// <summary>Of a hidden state in the basis, by its distance to the centre.</summary>
    public float RoundingOfHidden { get; }

    /// <summary>Of a weight in the basis, by its length.</summary>
    public float RoundingOfWeights { get; }

    /// <summary>Of the product in the basis: that the matrices are not quite each other's inverse, and both roundings together.</summary>
    public float Inexactness { get; }

    public ReadOnlySpan<float> Row(int entry) => _weights.Row(entry);

    /// <summary>The logit of the centre.</summary>
    public float BiasOf(int entry) => _weights.Bias[entry] + RowMath.Dot(Row(entry), _basis.Centre);

    /// <summary>Reads the weights of the entries of a panel, with zeros where it is filled up.</summary>
    public void Read(int[] order, int first, float* rows)
    {
        for (int lane = 0; lane < ScreenKernel.Columns; lane++)
        {
            var target = new Span<float>(rows + (lane * _weights.Width), _weights.Width);
            target.Clear();
            if (first + lane < order.Length)
            {
                Row(order[first + lane]).CopyTo(target);
            }
        }
    }

    /// <summary>
    /// The entries, those together that are about as likely to be positive: where they lie, by how many lengths of theirs the logit of the
    /// centre is below zero. The panels that are likely are spread, so that threads that share them have the same to do.
    /// </summary>
    public int[] Order()
    {
        int columns = _weights.Columns;
        float[] likely = new float[columns];
        for (int entry = 0; entry < columns; entry++)
        {
            float ratio = BiasOf(entry) / RowMath.Norm(Row(entry));
            likely[entry] = float.IsNaN(ratio) ? float.PositiveInfinity : ratio;
        }

        int[] order = [.. Enumerable.Range(0, columns)];
        Array.Sort(likely, order);
        int full = columns / ScreenKernel.Columns, stride = Coprime(full);
        int[] spread = [.. order];
        for (int panel = 0; panel < full; panel++)
        {
            int place = (int)((long)panel * stride % full);
            Array.Copy(order, panel * ScreenKernel.Columns, spread, place * ScreenKernel.Columns, ScreenKernel.Columns);
        }

        return spread;
    }

    // Near the golden section of it: its multiples are spread evenly.
    private static int Coprime(int count)
    {
        int stride = Math.Max(1, (int)(count * 0.618));
        while (BigInteger.GreatestCommonDivisor(stride, count) > 1)
        {
            stride++;
        }

        return stride;
    }
}
