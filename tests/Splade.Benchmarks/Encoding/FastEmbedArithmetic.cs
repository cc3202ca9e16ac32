using System.Numerics.Tensors;
using Splade.AI;

namespace Splade.Benchmarks.Encoding;

/// <summary>
/// What FastEmbed does with the logits of a batch, in its order, restated. It is an emulation: the original is Python, and NumPy's loops
/// are C. As there, each step is one vectorised pass of one thread over the whole tensor, with memory of its own for its result.
/// </summary>
/// <remarks>
/// Restated from https://github.com/qdrant/fastembed/blob/c48247f/fastembed/sparse/splade_pp.py, <c>_post_process_onnx_output</c>:
/// <code>
/// relu_log = np.log(1 + np.maximum(output.model_output, 0))
/// weighted_relu_log = relu_log * np.expand_dims(output.attention_mask, axis=-1)
/// scores = np.max(weighted_relu_log, axis=1)
/// </code>
/// then the entries of each row that are not zero. The mask is of int64, which makes the product and all after it float64.
/// </remarks>
internal static class FastEmbedArithmetic
{
    /// <summary>NumPy converts operands of mixed types in buffers of so many numbers.</summary>
    private const int ConversionBuffer = 8192;

    /// <summary>Tensors of the logits' size, in float32, that are held at most: two of ONNX Runtime (the decoder's product, and with its bias), <c>relu_log</c>, and two for the product in float64.</summary>
    public const int TensorsHeld = 5;

    /// <param name="logits">Shape <c>[rows, length, width]</c>.</param>
    /// <param name="mask">Shape <c>[rows, length]</c>.</param>
    /// <param name="rows">How many texts.</param>
    /// <param name="length">The length of the longest.</param>
    public static IReadOnlyList<SparseVector> Pool(ReadOnlySpan<float> logits, ReadOnlySpan<long> mask, int rows, int length)
    {
        int width = logits.Length / (rows * length);
        using NumPyArray<float> reluLog = ReluLog(logits);
        using var weighted = new NumPyArray<double>(logits.Length);
        Multiply(reluLog.Span, mask, width, weighted.Span);
        double[] scores = new double[width];
        var vectors = new SparseVector[rows];
        for (int row = 0; row < rows; row++)
        {
            Maximum(weighted.Span.Slice(row * length * width, length * width), scores);
            vectors[row] = NonZero(scores);
        }

        return vectors;
    }

    private static NumPyArray<float> ReluLog(ReadOnlySpan<float> logits)
    {
        using var maximum = new NumPyArray<float>(logits.Length);
        TensorPrimitives.Max(logits, 0f, maximum.Span);

        // NumPy sees that nobody else has the left operand, and writes the sum over it.
        TensorPrimitives.Add(maximum.Span, 1f, maximum.Span);
        var log = new NumPyArray<float>(logits.Length);
        TensorPrimitives.Log(maximum.Span, log.Span);
        return log;
    }

    private static void Multiply(ReadOnlySpan<float> values, ReadOnlySpan<long> mask, int width, Span<double> product)
    {
        Span<double> buffer = new double[ConversionBuffer];
        for (int token = 0; token < mask.Length; token++)
        {
            for (int start = 0; start < width; start += buffer.Length)
            {
                int count = Math.Min(buffer.Length, width - start);
                int at = (token * width) + start;
                TensorPrimitives.ConvertTruncating(values.Slice(at, count), buffer);
                TensorPrimitives.Multiply(buffer[..count], mask[token], product.Slice(at, count));
            }
        }
    }

    private static void Maximum(ReadOnlySpan<double> tokens, Span<double> scores)
    {
        tokens[..scores.Length].CopyTo(scores);
        for (int at = scores.Length; at < tokens.Length; at += scores.Length)
        {
            TensorPrimitives.Max(scores, tokens.Slice(at, scores.Length), scores);
        }
    }

    private static SparseVector NonZero(ReadOnlySpan<double> scores)
    {
        var indices = new List<int>();
        var values = new List<float>();
        for (int i = 0; i < scores.Length; i++)
        {
            if (scores[i] != 0)
            {
                indices.Add(i);
                values.Add((float)scores[i]);
            }
        }

        return new SparseVector(indices.ToArray(), values.ToArray(), scores.Length);
    }
}
