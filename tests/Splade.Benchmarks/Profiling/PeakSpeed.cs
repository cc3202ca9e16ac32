using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Splade.Benchmarks.Profiling;

/// <summary>The most float32 operations that one core does in a second: fused multiply-adds on registers alone, nothing read or written.</summary>
internal static class PeakSpeed
{
    private const int Loops = 1_000_000;
    private const int Registers = 12;
    private const int Rounds = 100;

    /// <summary>The best of several rounds, in operations per second; a multiplication and an addition are two.</summary>
    public static double Measure()
    {
        double best = 0;
        for (int round = 0; round < Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            float result = MultiplyAndAdd(Loops);
            best = Math.Max(best, 2.0 * Loops * Registers * Vector<float>.Count / Stopwatch.GetElapsedTime(start).TotalSeconds);
            GC.KeepAlive(result);
        }

        return best;
    }

    // Twelve sums that do not wait for each other: more than the units and their latency of four cycles need.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float MultiplyAndAdd(int loops)
    {
        var x = new Vector<float>(1.0001f);
        var y = new Vector<float>(0.9999f);
        Vector<float> a = default, b = default, c = default, d = default, e = default, f = default;
        Vector<float> g = default, h = default, i = default, j = default, k = default, l = default;
        for (int n = 0; n < loops; n++)
        {
            a = Vector.FusedMultiplyAdd(x, y, a);
            b = Vector.FusedMultiplyAdd(x, y, b);
            c = Vector.FusedMultiplyAdd(x, y, c);
            d = Vector.FusedMultiplyAdd(x, y, d);
            e = Vector.FusedMultiplyAdd(x, y, e);
            f = Vector.FusedMultiplyAdd(x, y, f);
            g = Vector.FusedMultiplyAdd(x, y, g);
            h = Vector.FusedMultiplyAdd(x, y, h);
            i = Vector.FusedMultiplyAdd(x, y, i);
            j = Vector.FusedMultiplyAdd(x, y, j);
            k = Vector.FusedMultiplyAdd(x, y, k);
            l = Vector.FusedMultiplyAdd(x, y, l);
        }

        return Vector.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }
}
