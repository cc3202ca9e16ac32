using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Splade.AI.Decoding;

/// <summary>Finds the pairs of a token and an entry that may be positive, by a few dimensions at a time, and computes their logits alone.</summary>
/// <remarks>
/// Of a trained model one pair in ten thousand is positive. A third of the dimensions tell most of the others apart from it, and what is
/// left after all of them is one pair in a thousand. The maxima have the bits that <see cref="FullDecoder"/> gives.
/// </remarks>
internal sealed unsafe class Cascade : IDisposable
{
    /// <summary>Of fewer tokens, what each panel costs by itself is more than it saves.</summary>
    public const int LeastTokens = 48;

    /// <summary>The cascade costs a fifth of all products beside those that it makes: beyond this it saves too little.</summary>
    public const double LargestShare = 0.6;

    private const int TokensToJudge = 8192;

    /// <summary>Pairs are computed when there are so many: by then the first of their weights have come from memory.</summary>
    private const int Batch = 256;

    /// <summary>With more pairs for each token of a panel, computing all of it is faster.</summary>
    private const int MostPairs = 3;

    private const int CacheLine = 64;

    private readonly DecoderWeights _weights;
    private readonly CascadeBasis _basis;
    private readonly CascadeWeights _cascade;
    private readonly RowTransform _transform;
    private readonly SingleLogits _logits;
    private readonly CascadeScratch.Pool _scratch = new();
    private readonly ConcurrentBag<CascadeText> _texts = [];
    private long _made;
    private long _all;

    /// <param name="weights">The decoder, which whoever makes this owns.</param>
    /// <param name="basis">The dimensions to look at.</param>
    /// <param name="goesOn">Whether it is still wanted; asked now and then.</param>
    public Cascade(DecoderWeights weights, CascadeBasis basis, Func<bool> goesOn)
    {
        _weights = weights;
        _basis = basis;
        _cascade = new CascadeWeights(weights, basis, goesOn);
        _logits = new SingleLogits(weights);
        _transform = new RowTransform(basis.HiddenColumns, weights.Width);
    }

    /// <summary>The share of the products of integers that were made, of those of all texts until now.</summary>
    public double ShareOfProducts => Volatile.Read(ref _made) / (double)Math.Max(1, Volatile.Read(ref _all));

    /// <summary>Whether it saves enough, as far as the texts until now have shown: once it does not, it is left.</summary>
    public bool PaysOff => Volatile.Read(ref _all) < (long)TokensToJudge * _cascade.Width * _cascade.Columns || ShareOfProducts <= LargestShare;

    /// <summary>Decodes a text by the maximum, as <see cref="IVocabularyDecoder.Decode"/> says.</summary>
    /// <returns>False if its numbers are beyond what the bound holds for; the row is as it was then.</returns>
    public bool TryDecode(HiddenStates hidden, Span<float> row, int threads)
    {
        CascadeText text = _texts.TryTake(out CascadeText? free) ? free : new CascadeText(_basis, _transform, _weights.Width);
        try
        {
            if (!text.Set(hidden))
            {
                return false;
            }

            row.Clear();
            fixed (float* states = hidden.Numbers, target = row)
            {
                float* x = states, maxima = target;
                int tokens = hidden.Numbers.Length / _weights.Width;
                Shares.Run(_cascade.Panels, threads, (from, to) => Decode(text, x, tokens, from, to, maxima));
            }

            return true;
        }
        finally
        {
            _texts.Add(text);
        }
    }

    public void Dispose()
    {
        _cascade.Dispose();
        _transform.Dispose();
        _scratch.Dispose();
        foreach (CascadeText text in _texts)
        {
            text.Dispose();
        }
    }

    private void Decode(CascadeText text, float* hidden, int tokens, int from, int to, float* maxima)
    {
        CascadeScratch scratch = _scratch.Rent(text.Tokens);
        try
        {
            long made = 0;
            for (int panel = from; panel < to; panel++)
            {
                int kept = Screen(text, panel, scratch, ref made);
                int before = scratch.Pairs.Count;
                AddPairs(panel, kept, tokens, scratch);
                if (scratch.Pairs.Count - before > MostPairs * tokens)
                {
                    scratch.Pairs.RemoveRange(before, scratch.Pairs.Count - before);
                    _logits.SetAll(_cascade.EntriesOf(panel), hidden, tokens, scratch.Panel, maxima);
                }

                if (scratch.Pairs.Count >= Batch || panel == to - 1)
                {
                    _logits.AddPairs(hidden, scratch.Pairs, maxima);
                    scratch.Pairs.Clear();
                }
            }

            Interlocked.Add(ref _made, made * ScreenKernel.Columns);
            Interlocked.Add(ref _all, (long)text.Tokens * (to - from) * _cascade.Width * ScreenKernel.Columns);
        }
        finally
        {
            _scratch.Return(scratch);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Screen(CascadeText text, int panel, CascadeScratch scratch, ref long made)
    {
        short* thresholds = stackalloc short[ScreenKernel.Columns];
        int kept = text.Tokens;
        for (int stage = 0; stage < CascadeStages.Count && kept > 0; stage++)
        {
            int dimensions = CascadeStages.End(_cascade.Width, stage) - CascadeStages.End(_cascade.Width, stage - 1);
            made += (long)kept * dimensions;
            _cascade.SetThresholds(panel, stage, text, thresholds);
            var work = new CascadeStage
            {
                Hidden = text.Stage(stage),
                IsFirst = stage == 0,
                Pairs = dimensions / 2,
                Panel = _cascade.Panel(panel, stage),
                Starts = _cascade.Starts(panel, stage),
                Rests = _cascade.Rests(panel, stage),
                Thresholds = thresholds,
            };
            kept = CascadeKernel.Advance(&work, kept, scratch.Tokens, scratch.Sums, stage == CascadeStages.Last ? scratch.Entries : null);
        }

        return kept;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddPairs(int panel, int kept, int tokens, CascadeScratch scratch)
    {
        ReadOnlySpan<int> panelEntries = _cascade.EntriesOf(panel);
        for (int i = 0; i < kept; i++)
        {
            int token = Math.Min(scratch.Tokens[i], tokens - 1);
            for (uint entries = scratch.Entries[i]; entries != 0; entries &= entries - 1)
            {
                int entry = panelEntries[BitOperations.TrailingZeroCount(entries)];
                scratch.Pairs.Add((token, entry));
                float* weights = _logits.Weights(entry);
                for (int k = 0; k < _weights.Width; k += CacheLine / sizeof(float))
                {
                    Sse.Prefetch0(weights + k);
                }
            }
        }
    }
}
