using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Splade.AI.Decoding;

/// <summary>Sums and maxima over a row of numbers, each one method that is compiled once and well.</summary>
/// <remarks>
/// System.Numerics.Tensors has them too. There each is some ten generic methods, which a new process compiles one by one and at first runs
/// unoptimised: over all weights of a vocabulary that was most of the time in which the screen was built.
/// </remarks>
internal static class RowMath
{
    private const int Magnitude = int.MaxValue;

    /// <summary>The largest magnitude: NaN where any number is, infinite where one is infinite and none is NaN; 0 of an empty row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float LargestMagnitude(ReadOnlySpan<float> row)
    {
        // Without their sign, floats are in the order of their bits, and NaN is above infinity.
        var largest = Vector256<int>.Zero;
        int i = 0;
        for (; i <= row.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            largest = Vector256.Max(largest, Vector256.Create(row[i..]).AsInt32() & Vector256.Create(Magnitude));
        }

        int max = 0;
        for (int lane = 0; lane < Vector256<int>.Count; lane++)
        {
            max = Math.Max(max, largest[lane]);
        }

        for (; i < row.Length; i++)
        {
            max = Math.Max(max, BitConverter.SingleToInt32Bits(row[i]) & Magnitude);
        }

        return BitConverter.Int32BitsToSingle(max);
    }

    /// <summary>Takes a centre off a row and scales each dimension.</summary>
    /// <param name="row">The row.</param>
    /// <param name="centre">What is taken off, of the same length.</param>
    /// <param name="factors">What each dimension is multiplied with then, of the same length.</param>
    /// <param name="scaled">Receives the result, of the same length.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale(ReadOnlySpan<float> row, ReadOnlySpan<float> centre, ReadOnlySpan<float> factors, Span<float> scaled)
    {
        centre = centre[..row.Length];
        factors = factors[..row.Length];
        scaled = scaled[..row.Length];
        int i = 0;
        for (; i <= row.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            ((Vector256.Create(row[i..]) - Vector256.Create(centre[i..])) * Vector256.Create(factors[i..])).CopyTo(scaled[i..]);
        }

        for (; i < row.Length; i++)
        {
            scaled[i] = (row[i] - centre[i]) * factors[i];
        }
    }

    /// <summary>The length of a row: the root of the sum of its squares.</summary>
    public static float Norm(ReadOnlySpan<float> row) => MathF.Sqrt(Dot(row, row));

    /// <summary>The sum of the products of two rows of the same length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(right.Length, left.Length);
        Vector256<float> even = default, odd = default;
        int i = 0;
        for (; i <= left.Length - (2 * Vector256<float>.Count); i += 2 * Vector256<float>.Count)
        {
            even += Vector256.Create(left[i..]) * Vector256.Create(right[i..]);
            odd += Vector256.Create(left[(i + Vector256<float>.Count)..]) * Vector256.Create(right[(i + Vector256<float>.Count)..]);
        }

        float sum = Vector256.Sum(even + odd);
        for (; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }

    /// <summary>The sum of the products of two rows of the same length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(right.Length, left.Length);
        Vector256<double> sums = default;
        int i = 0;
        for (; i <= left.Length - Vector256<double>.Count; i += Vector256<double>.Count)
        {
            sums += Vector256.Create(left[i..]) * Vector256.Create(right[i..]);
        }

        double sum = Vector256.Sum(sums);
        for (; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }

    /// <summary>Adds a multiple of a row to another of the same length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(ReadOnlySpan<double> row, double factor, Span<double> sum)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(sum.Length, row.Length);
        int i = 0;
        for (; i <= row.Length - Vector256<double>.Count; i += Vector256<double>.Count)
        {
            (Vector256.Create<double>(sum[i..]) + (Vector256.Create(row[i..]) * factor)).CopyTo(sum[i..]);
        }

        for (; i < row.Length; i++)
        {
            sum[i] += row[i] * factor;
        }
    }

    /// <summary>Rotates two rows of the same length in their plane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rotate(Span<double> left, Span<double> right, double cosine, double sine)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(right.Length, left.Length);
        int i = 0;
        for (; i <= left.Length - Vector256<double>.Count; i += Vector256<double>.Count)
        {
            Vector256<double> x = Vector256.Create<double>(left[i..]), y = Vector256.Create<double>(right[i..]);
            ((x * cosine) - (y * sine)).CopyTo(left[i..]);
            ((x * sine) + (y * cosine)).CopyTo(right[i..]);
        }

        for (; i < left.Length; i++)
        {
            (left[i], right[i]) = ((cosine * left[i]) - (sine * right[i]), (sine * left[i]) + (cosine * right[i]));
        }
    }
}
