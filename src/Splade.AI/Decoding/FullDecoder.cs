using System.Diagnostics;
using Splade.AI.Pooling;

namespace Splade.AI.Decoding;

/// <summary>Computes every vocabulary entry, from panels that were packed when the model was loaded.</summary>
internal sealed unsafe class FullDecoder : IVocabularyDecoder
{
    private readonly AlignedBuffer<float> _panels;
    private readonly AlignedBuffer<float> _bias;
    private readonly LogitPooling _pooling;
    private readonly PanelScratch.Pool _scratch = new();
    private readonly int _columns;
    private readonly int _width;

    /// <param name="weights">The decoder's weights, which are copied.</param>
    /// <param name="pooling">What to do with the logits of a text.</param>
    public FullDecoder(DecoderWeights weights, LogitPooling pooling)
    {
        _pooling = pooling;
        _columns = weights.Columns;
        _width = weights.Width;
        int panels = (_columns + PanelKernel.Columns - 1) / PanelKernel.Columns;
        _panels = new AlignedBuffer<float>((nint)panels * PanelKernel.Columns * _width);
        _bias = new AlignedBuffer<float>((nint)panels * PanelKernel.Columns);
        weights.Bias.CopyTo(_bias.Span(0, _columns));
        int[] all = [.. Enumerable.Range(0, _columns)];
        Parallel.For(0, panels, panel => PanelPacker.Pack(
            weights.Pointer, _width, all.AsSpan(panel * PanelKernel.Columns, Count(panel)), Panel(panel)));
        Panels = panels;
    }

    private int Panels { get; }

    public void Decode(HiddenStates hidden, Span<float> row, int threads)
    {
        Debug.Assert(hidden.AreFinite, "Who runs the model looks at what it gave.");
        fixed (float* states = hidden.Numbers, target = row)
        {
            float* x = states, pooled = target;
            int tokens = hidden.Numbers.Length / _width;
            Shares.Run(Panels, threads, (from, to) => DecodePanels(x, tokens, from, to, pooled));
        }
    }

    public void ReadLogits(ReadOnlySpan<float> hidden, ReadOnlySpan<int> entries, Span<float> logits)
    {
        PanelScratch scratch = _scratch.Rent();
        try
        {
            Gather(entries, scratch);
            PanelLogits.Read(hidden, _width, entries.Length, scratch, logits);
        }
        finally
        {
            _scratch.Return(scratch);
        }
    }

    public void Dispose()
    {
        _panels.Dispose();
        _bias.Dispose();
        _scratch.Dispose();
    }

    private void DecodePanels(float* hidden, int tokens, int from, int to, float* row)
    {
        PanelScratch scratch = _scratch.Rent();
        try
        {
            float* logits = scratch.Logits(tokens);
            for (int panel = from; panel < to; panel++)
            {
                PanelKernel.Multiply(hidden, tokens, _width, Panel(panel), logits);
                PanelPooling.Pool(_pooling, logits, tokens, _bias.Pointer + (panel * PanelKernel.Columns), scratch.Pooled);
                new ReadOnlySpan<float>(scratch.Pooled, Count(panel)).CopyTo(new Span<float>(row + (panel * PanelKernel.Columns), Count(panel)));
            }
        }
        finally
        {
            _scratch.Return(scratch);
        }
    }

    /// <summary>Makes a panel of entries that lie in several. One that is not full repeats the last.</summary>
    private void Gather(ReadOnlySpan<int> entries, PanelScratch scratch)
    {
        float* gathered = scratch.Panel(_width);
        for (int i = 0; i < PanelKernel.Columns; i++)
        {
            (int panel, int column) = Math.DivRem(entries[Math.Min(i, entries.Length - 1)], PanelKernel.Columns);
            float* source = Panel(panel) + column;
            for (int k = 0; k < _width; k++)
            {
                gathered[(k * PanelKernel.Columns) + i] = source[k * PanelKernel.Columns];
            }

            scratch.Bias[i] = _bias.Pointer[(panel * PanelKernel.Columns) + column];
        }
    }

    private float* Panel(int panel) => _panels.Pointer + ((nint)panel * PanelKernel.Columns * _width);

    private int Count(int panel) => Math.Min(PanelKernel.Columns, _columns - (panel * PanelKernel.Columns));
}
