using System.Collections.Concurrent;

namespace Splade.AI.Decoding;

/// <summary>What one thread needs to work on panels, used again for each text.</summary>
internal sealed unsafe class PanelScratch : IDisposable
{
    private readonly AlignedBuffer<float> _panel = new(0);
    private readonly AlignedBuffer<float> _rows = new(0);
    private readonly AlignedBuffer<float> _logits = new(0);
    private readonly AlignedBuffer<float> _row = new(2 * PanelKernel.Columns);

    public float* Panel(int width)
    {
        _panel.Reserve((nint)width * PanelKernel.Columns);
        return _panel.Pointer;
    }

    /// <summary>Room for the weights of the entries of a panel, one after the other.</summary>
    public float* Rows(int width)
    {
        _rows.Reserve((nint)width * PanelKernel.Columns);
        return _rows.Pointer;
    }

    public float* Logits(int tokens)
    {
        _logits.Reserve((nint)tokens * PanelKernel.Columns);
        return _logits.Pointer;
    }

    public float* Bias => _row.Pointer;

    public float* Pooled => _row.Pointer + PanelKernel.Columns;

    public void Dispose()
    {
        _panel.Dispose();
        _rows.Dispose();
        _logits.Dispose();
        _row.Dispose();
    }

    /// <summary>As many as threads that work at a time.</summary>
    public sealed class Pool : IDisposable
    {
        private readonly ConcurrentBag<PanelScratch> _free = [];

        public PanelScratch Rent() => _free.TryTake(out PanelScratch? scratch) ? scratch : new PanelScratch();

        public void Return(PanelScratch scratch) => _free.Add(scratch);

        public void Dispose()
        {
            foreach (PanelScratch scratch in _free)
            {
                scratch.Dispose();
            }
        }
    }
}
