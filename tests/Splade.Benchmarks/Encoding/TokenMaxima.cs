using System.Numerics;
using System.Runtime.InteropServices;

namespace Splade.Benchmarks.Encoding;

/// <summary>The maximum of each vocabulary entry over a text's tokens, on all cores.</summary>
internal static class TokenMaxima
{
    /// <summary>So many columns at a time: their maxima stay in the first cache while the rows go by.</summary>
    private const int Columns = 2048;

    /// <returns>A row for each text.</returns>
    public static unsafe float[][] Of(RawLogits logits)
    {
        int width = logits.Width;
        PaddedBatch batch = logits.Batch;
        float[][] rows = [.. batch.Lengths.Select(_ => new float[width])];
        int blocks = (width + Columns - 1) / Columns;
        fixed (float* start = logits.Numbers)
        {
            var numbers = (nint)start;
            Parallel.For(0, rows.Length * blocks, i =>
            {
                int text = i / blocks;
                int first = i % blocks * Columns;
                Span<float> maxima = rows[text].AsSpan(first, Math.Min(Columns, width - first));
                long offset = ((long)text * batch.Length * width) + first;
                Fold((float*)numbers + offset, width, batch.Lengths[text], maxima);
            });
        }

        return rows;
    }

    private static unsafe void Fold(float* tokens, int width, int count, Span<float> maxima)
    {
        new ReadOnlySpan<float>(tokens, maxima.Length).CopyTo(maxima);
        for (int token = 1; token < count; token++)
        {
            var row = new ReadOnlySpan<float>(tokens + ((long)token * width), maxima.Length);
            Span<Vector<float>> sums = MemoryMarshal.Cast<float, Vector<float>>(maxima);
            ReadOnlySpan<Vector<float>> next = MemoryMarshal.Cast<float, Vector<float>>(row);
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] = Vector.MaxNative(sums[i], next[i]);
            }

            for (int i = sums.Length * Vector<float>.Count; i < maxima.Length; i++)
            {
                maxima[i] = float.MaxNative(maxima[i], row[i]);
            }
        }
    }
}
