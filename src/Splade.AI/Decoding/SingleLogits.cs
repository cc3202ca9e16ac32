using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Splade.AI.Pooling;

namespace Splade.AI.Decoding;

/// <summary>Takes the maximum of logits that are computed one by one, or for a few entries together.</summary>
/// <param name="decoder">The decoder, which is in memory.</param>
internal sealed unsafe class SingleLogits(DecoderWeights decoder)
{
    /// <summary>The weights of an entry.</summary>
    public float* Weights(int entry) => decoder.Pointer + ((nint)entry * decoder.Width);

    /// <summary>Takes the maximum of what is there and the logits of some pairs.</summary>
    /// <param name="hidden">Shape <c>[tokens, width]</c>.</param>
    /// <param name="list">The pairs.</param>
    /// <param name="maxima">Shape <c>[vocabulary]</c>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddPairs(float* hidden, List<(int Token, int Entry)> list, float* maxima)
    {
        ReadOnlySpan<(int Token, int Entry)> pairs = CollectionsMarshal.AsSpan(list);
        float** x = stackalloc float*[PairKernel.Pairs], w = stackalloc float*[PairKernel.Pairs];
        float* logits = stackalloc float[PairKernel.Pairs];
        for (int at = 0; at < pairs.Length; at += PairKernel.Pairs)
        {
            // The last pair is repeated where the last group is not full.
            ReadOnlySpan<(int Token, int Entry)> group = pairs[at..Math.Min(pairs.Length, at + PairKernel.Pairs)];
            for (int i = 0; i < PairKernel.Pairs; i++)
            {
                (int token, int entry) = group[Math.Min(i, group.Length - 1)];
                x[i] = hidden + ((nint)token * decoder.Width);
                w[i] = Weights(entry);
            }

            PairKernel.Multiply(x, w, decoder.Width).Store(logits);
            for (int i = 0; i < group.Length; i++)
            {
                int entry = group[i].Entry;
                maxima[entry] = Math.Max(maxima[entry], logits[i] + decoder.Bias[entry]);
            }
        }
    }

    /// <summary>Sets the maxima of some entries over all tokens; at least zero.</summary>
    /// <param name="entries">At most as many as a panel has.</param>
    /// <param name="hidden">Shape <c>[tokens, width]</c>.</param>
    /// <param name="tokens">How many tokens there are.</param>
    /// <param name="scratch">Room for a panel.</param>
    /// <param name="maxima">Shape <c>[vocabulary]</c>.</param>
    public void SetAll(ReadOnlySpan<int> entries, float* hidden, int tokens, PanelScratch scratch, float* maxima)
    {
        PanelPacker.Pack(decoder.Pointer, decoder.Width, entries, scratch.Panel(decoder.Width));
        for (int i = 0; i < entries.Length; i++)
        {
            scratch.Bias[i] = decoder.Bias[entries[i]];
        }

        float* logits = scratch.Logits(tokens);
        PanelKernel.Multiply(hidden, tokens, decoder.Width, scratch.Panel(decoder.Width), logits);
        PanelPooling.Pool(LogitPooling.Max, logits, tokens, scratch.Bias, scratch.Pooled);
        for (int i = 0; i < entries.Length; i++)
        {
            maxima[entries[i]] = Math.Max(0, scratch.Pooled[i]);
        }
    }
}
