using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics;
using Splade.AI.Pooling;

namespace Splade.AI.Decoding;

/// <summary>Computes only the vocabulary entries that may be positive: a screen of small integers finds them, with a bound that misses none.</summary>
/// <remarks>
/// A text of a trained model has one entry in a hundred that is positive, and the screen leaves two. So nearly all of the work is in small
/// integers, and what comes out are the same bits as <see cref="FullDecoder"/> gives.
/// </remarks>
internal sealed unsafe class ScreenedDecoder : IVocabularyDecoder
{
    private static readonly int[] InOrder = [.. Enumerable.Range(0, PanelKernel.Columns)];

    private readonly DecoderWeights _weights;
    private readonly ScreenWeights _screen;
    private readonly LogitPooling _pooling;
    private readonly PanelScratch.Pool _scratch = new();
    private readonly ConcurrentBag<ScreenedText> _texts = [];

    /// <param name="weights">The decoder's weights; this object owns them from now on.</param>
    /// <param name="pooling">What to do with the logits of a text.</param>
    /// <param name="scale">Measured on some hidden states of the model.</param>
    public ScreenedDecoder(DecoderWeights weights, LogitPooling pooling, ScreenScale scale)
    {
        _weights = weights;
        _pooling = pooling;
        _screen = new ScreenWeights(weights, scale);
    }

    /// <summary>Learns a cascade of the first texts; null to go on without one, as where the weights are left to their file.</summary>
    public CascadeLearner? Learner { get; init; }

    public void Decode(HiddenStates hidden, Span<float> row, int threads)
    {
        Debug.Assert(hidden.AreFinite, "Who runs the model looks at what it gave.");
        if (Learner?.Learnt is not Cascade cascade)
        {
            Learner?.Add(hidden);
        }
        else if (hidden.Numbers.Length >= Cascade.LeastTokens * _weights.Width && cascade.PaysOff && cascade.TryDecode(hidden, row, threads))
        {
            return;
        }

        int[] candidates = ArrayPool<int>.Shared.Rent(_weights.Columns + 1);
        try
        {
            int count = FindCandidates(hidden, candidates, threads);
            row.Clear();
            fixed (float* states = hidden.Numbers, target = row)
            {
                float* x = states, pooled = target;
                int tokens = hidden.Numbers.Length / _weights.Width;
                int panels = (count + PanelKernel.Columns - 1) / PanelKernel.Columns;
                Shares.Run(panels, threads, (from, to) =>
                {
                    int start = from * PanelKernel.Columns;
                    Refine(x, tokens, candidates.AsSpan(start, Math.Min(count, to * PanelKernel.Columns) - start), pooled);
                });
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(candidates);
        }
    }

    public void ReadLogits(ReadOnlySpan<float> hidden, ReadOnlySpan<int> entries, Span<float> logits)
    {
        PanelScratch scratch = _scratch.Rent();
        try
        {
            Pack(entries, scratch);
            PanelLogits.Read(hidden, _weights.Width, entries.Length, scratch, logits);
        }
        finally
        {
            _scratch.Return(scratch);
        }
    }

    /// <summary>The share of the vocabulary that the screen leaves of a text.</summary>
    public double ShareOfCandidates(HiddenStates hidden) =>
        FindCandidates(hidden, new int[_weights.Columns + 1], threads: 1) / (double)_weights.Columns;

    public void Dispose()
    {
        DisposeScreen();
        _weights.Dispose();
    }

    /// <summary>Frees all but the weights, which the caller takes back.</summary>
    public void DisposeScreen()
    {
        Learner?.Dispose();
        _screen.Dispose();
        _scratch.Dispose();
        foreach (ScreenedText text in _texts)
        {
            text.Dispose();
        }
    }

    private int FindCandidates(HiddenStates hidden, Span<int> candidates, int threads)
    {
        int tokens = hidden.Numbers.Length / _weights.Width;
        ScreenedText text = _texts.TryTake(out ScreenedText? free) ? free : new ScreenedText(_weights.Width);
        int[] maxima = ArrayPool<int>.Shared.Rent(_screen.Panels * ScreenKernel.Columns);
        try
        {
            text.Set(hidden, _screen.Scale);
            fixed (int* pinned = maxima)
            {
                int* target = pinned;
                Shares.Run(_screen.Panels, threads, (from, to) =>
                {
                    for (int panel = from; panel < to; panel++)
                    {
                        ScreenKernel.Max(
                            text.Pairs, tokens, _screen.Width, _screen.Panel(panel), _screen.Starts(panel), target + (panel * ScreenKernel.Columns));
                    }
                });
                return _screen.FindCandidates(target, text, candidates);
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(maxima);
            _texts.Add(text);
        }
    }

    private void Refine(float* hidden, int tokens, ReadOnlySpan<int> candidates, float* row)
    {
        PanelScratch scratch = _scratch.Rent();
        try
        {
            float* logits = scratch.Logits(tokens);
            for (int at = 0; at < candidates.Length; at += PanelKernel.Columns)
            {
                RefinePanel(hidden, tokens, candidates[at..Math.Min(candidates.Length, at + PanelKernel.Columns)], row, scratch, logits);
            }
        }
        finally
        {
            _scratch.Return(scratch);
        }
    }

    private void RefinePanel(float* hidden, int tokens, ReadOnlySpan<int> columns, float* row, PanelScratch scratch, float* logits)
    {
        Pack(columns, scratch);
        PanelKernel.Multiply(hidden, tokens, _weights.Width, scratch.Panel(_weights.Width), logits);
        PanelPooling.Pool(_pooling, logits, tokens, scratch.Bias, scratch.Pooled);
        for (int i = 0; i < columns.Length; i++)
        {
            row[columns[i]] = scratch.Pooled[i];
        }
    }

    private void Pack(ReadOnlySpan<int> columns, PanelScratch scratch)
    {
        PackRows(columns, scratch, _weights.Width);
        for (int i = 0; i < columns.Length; i++)
        {
            scratch.Bias[i] = _weights.Bias[columns[i]];
        }
    }

    private void PackRows(ReadOnlySpan<int> columns, PanelScratch scratch, int width)
    {
        if (_weights.Pointer is not null)
        {
            PanelPacker.Pack(_weights.Pointer, width, columns, scratch.Panel(width));
            return;
        }

        float* rows = scratch.Rows(width);
        for (int i = 0; i < columns.Length; i++)
        {
            _weights.ReadRow(columns[i], new Span<float>(rows + ((nint)i * width), width));
        }

        PanelPacker.Pack(rows, width, InOrder.AsSpan(0, columns.Length), scratch.Panel(width));
    }
}
