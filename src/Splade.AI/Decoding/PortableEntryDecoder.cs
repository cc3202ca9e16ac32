using System.Numerics.Tensors;

namespace Splade.AI.Decoding;

/// <summary>Computes the logits of single entries on any processor, from the decoder as its file has it.</summary>
/// <param name="weights">The decoder's weights, which this object owns.</param>
internal sealed class PortableEntryDecoder(DecoderWeights weights) : IEntryDecoder
{
    public void ReadLogits(ReadOnlySpan<float> hidden, ReadOnlySpan<int> entries, Span<float> logits)
    {
        int tokens = hidden.Length / weights.Width;
        for (int token = 0; token < tokens; token++)
        {
            ReadOnlySpan<float> state = hidden.Slice(token * weights.Width, weights.Width);
            for (int i = 0; i < entries.Length; i++)
            {
                logits[(token * entries.Length) + i] = TensorPrimitives.Dot(state, weights.Row(entries[i])) + weights.Bias[entries[i]];
            }
        }
    }

    public void Dispose() => weights.Dispose();
}
