using System.Numerics.Tensors;

namespace Splade.AI.Search.Dense;

/// <summary>A vector as integers from -127 to 127, times a step.</summary>
/// <param name="Step">What one of them stands for.</param>
/// <param name="Norm">The length of the vector.</param>
/// <param name="Error">Its distance to its integers, times the step.</param>
internal readonly record struct SmallIntegers(float Step, float Norm, float Error)
{
    /// <summary>Of a vector of zeros; a number that floats have.</summary>
    private const double LeastStep = 1e-37;

    private const int MaxSteps = sbyte.MaxValue;

    /// <summary>More than any of these numbers can be too small by, relative to itself.</summary>
    private const double Lengthening = 1.0001;

    /// <param name="vector">The vector.</param>
    /// <param name="factor">What each of its entries is multiplied with first.</param>
    /// <param name="integers">Receives the integers; longer ones are filled up with zeros.</param>
    public static SmallIntegers Write(ReadOnlySpan<float> vector, float factor, Span<sbyte> integers)
    {
        double largest = Math.Abs((double)TensorPrimitives.MaxMagnitude(vector) * factor);
        double step = Math.Max(largest / MaxSteps, LeastStep);
        double squares = 0, errors = 0;
        for (int i = 0; i < vector.Length; i++)
        {
            double value = (double)vector[i] * factor;
            integers[i] = (sbyte)Math.Clamp(Math.Round(value / step), -MaxSteps, MaxSteps);
            double error = value - (integers[i] * step);
            squares += value * value;
            errors += error * error;
        }

        integers[vector.Length..].Clear();
        return new SmallIntegers((float)step, NotBelow(Math.Sqrt(squares)), NotBelow(Math.Sqrt(errors)));
    }

    // Below the normal floats rounding is not relative: by half of the smallest float at most.
    private static float NotBelow(double length) => (float)(length * Lengthening) + (length > 0 ? float.Epsilon : 0);
}
