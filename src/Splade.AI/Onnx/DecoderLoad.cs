using Splade.AI.Decoding;
using Splade.AI.OnnxGraph;

namespace Splade.AI.Onnx;

/// <summary>Gets the weights of a decoder from a model's file: where they lie if they lie there as the kernels want them, else as a copy.</summary>
internal static class DecoderLoad
{
    private const int RowsAtATime = 1024;

    /// <exception cref="SpladeModelException">They cannot be read, or are not finite.</exception>
    public static DecoderWeights Read(OnnxFile file, Decoder decoder)
    {
        var reader = new DecoderReader(file, decoder);
        float[] bias = reader.ReadBias();
        DecoderWeights weights = reader.RowsInFile() is FileNumbers rows ? new(bias, rows) : new(bias, Copy(reader, decoder));
        try
        {
            RequireFinite(bias, file);
            for (int first = 0; first < weights.Columns; first += RowsAtATime)
            {
                RequireFinite(weights.Rows(first, Math.Min(RowsAtATime, weights.Columns - first)), file);
            }

            return weights;
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    private static AlignedBuffer<float> Copy(DecoderReader reader, Decoder decoder)
    {
        var rows = new AlignedBuffer<float>((nint)decoder.Vocabulary * decoder.HiddenSize);
        try
        {
            for (int first = 0; first < decoder.Vocabulary; first += RowsAtATime)
            {
                int count = Math.Min(RowsAtATime, decoder.Vocabulary - first);
                reader.ReadRows(first, rows.Span((nint)first * decoder.HiddenSize, count * decoder.HiddenSize));
            }

            return rows;
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }

    // The kernels take maxima, in which a number that is none would get lost.
    private static void RequireFinite(ReadOnlySpan<float> weights, OnnxFile file)
    {
        float largest = RowMath.LargestMagnitude(weights);
        if (!float.IsFinite(largest))
        {
            throw new SpladeModelException($"The decoder's weights have {largest}, expected finite numbers.", file.Path);
        }
    }
}
