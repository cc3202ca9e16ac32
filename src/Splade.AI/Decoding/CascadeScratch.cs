using System.Collections.Concurrent;

namespace Splade.AI.Decoding;

/// <summary>What one thread needs to work through the cascade, used again for each text.</summary>
internal sealed unsafe class CascadeScratch : IDisposable
{
    private readonly AlignedBuffer<int> _tokens = new(0);
    private readonly AlignedBuffer<short> _sums = new(0);
    private readonly AlignedBuffer<uint> _entries = new(0);

    /// <summary>The tokens that are kept.</summary>
    public int* Tokens => _tokens.Pointer;

    /// <summary>Their sums of products.</summary>
    public short* Sums => _sums.Pointer;

    /// <summary>A bit for each entry of a panel for which one may be positive.</summary>
    public uint* Entries => _entries.Pointer;

    /// <summary>The pairs of a token and an entry whose logits are to be computed.</summary>
    public List<(int Token, int Entry)> Pairs { get; } = [];

    /// <summary>For a panel in which nearly all of them are.</summary>
    public PanelScratch Panel { get; } = new();

    public void Reserve(int tokens)
    {
        _tokens.Reserve(tokens);
        _sums.Reserve((nint)tokens * ScreenKernel.Columns);
        _entries.Reserve(tokens);
    }

    public void Dispose()
    {
        _tokens.Dispose();
        _sums.Dispose();
        _entries.Dispose();
        Panel.Dispose();
    }

    /// <summary>As many as threads that work at a time.</summary>
    public sealed class Pool : IDisposable
    {
        private readonly ConcurrentBag<CascadeScratch> _free = [];

        public CascadeScratch Rent(int tokens)
        {
            CascadeScratch scratch = _free.TryTake(out CascadeScratch? free) ? free : new CascadeScratch();
            scratch.Reserve(tokens);
            return scratch;
        }

        public void Return(CascadeScratch scratch)
        {
            scratch.Pairs.Clear();
            _free.Add(scratch);
        }

        public void Dispose()
        {
            foreach (CascadeScratch scratch in _free)
            {
                scratch.Dispose();
            }
        }
    }
}
