namespace Splade.AI.Decoding;

/// <summary>Multiplies rows with a square matrix, by the kernel that computes logits.</summary>
internal sealed unsafe class RowTransform : IDisposable
{
    private readonly AlignedBuffer<float> _panels;
    private readonly int _width;

    /// <param name="columns">The matrix, column by column.</param>
    /// <param name="width">How many rows and columns it has, a multiple of <see cref="PanelKernel.Columns"/>.</param>
    public RowTransform(float[] columns, int width)
    {
        _width = width;
        _panels = new AlignedBuffer<float>((nint)width * width);
        int[] order = [.. Enumerable.Range(0, width)];
        fixed (float* rows = columns)
        {
            for (int first = 0; first < width; first += PanelKernel.Columns)
            {
                PanelPacker.Pack(rows, width, order.AsSpan(first, PanelKernel.Columns), _panels.Pointer + ((nint)first * width));
            }
        }
    }

    /// <param name="rows">Shape <c>[count, width]</c>.</param>
    /// <param name="count">How many rows, at least one.</param>
    /// <param name="products">Shape <c>[width / <see cref="PanelKernel.Columns"/>, count, <see cref="PanelKernel.Columns"/>]</c>: receives the products.</param>
    public void Apply(float* rows, int count, float* products)
    {
        for (int first = 0; first < _width; first += PanelKernel.Columns)
        {
            PanelKernel.Multiply(rows, count, _width, _panels.Pointer + ((nint)first * _width), products + ((nint)first * count));
        }
    }

    /// <summary>Puts a row of products together.</summary>
    /// <param name="products">As <see cref="Apply"/> gives them.</param>
    /// <param name="count">How many rows there are.</param>
    /// <param name="row">Which of them.</param>
    /// <param name="target">Shape <c>[width]</c>: receives the row.</param>
    public static void ReadRow(float* products, int count, int row, Span<float> target)
    {
        for (int first = 0; first < target.Length; first += PanelKernel.Columns)
        {
            new ReadOnlySpan<float>(products + ((nint)first * count) + (row * PanelKernel.Columns), PanelKernel.Columns).CopyTo(target[first..]);
        }
    }

    public void Dispose() => _panels.Dispose();
}
