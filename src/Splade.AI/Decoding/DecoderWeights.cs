namespace Splade.AI.Decoding;

/// <summary>The last layer of a masked language model: from the hidden state of a token to a logit for each entry of the vocabulary.</summary>
/// <remarks>Immutable once filled; safe for concurrent readers.</remarks>
/// <param name="columns">How many entries the vocabulary has.</param>
/// <param name="width">The length of a hidden state.</param>
internal sealed class DecoderWeights(int columns, int width) : IDisposable
{
    private readonly AlignedBuffer<float> _rows = new((nint)columns * width);

    /// <summary>How many entries the vocabulary has.</summary>
    public int Columns => columns;

    /// <summary>The length of a hidden state.</summary>
    public int Width => width;

    /// <summary>What is added to the logit of each entry.</summary>
    public float[] Bias { get; } = new float[columns];

    /// <summary>Shape <c>[columns, width]</c>: the weights of each entry, one after the other.</summary>
    public unsafe float* Pointer => _rows.Pointer;

    /// <summary>The weights of one entry.</summary>
    public Span<float> Row(int column) => Rows(column, 1);

    /// <summary>The weights of some entries that follow each other.</summary>
    public Span<float> Rows(int first, int count) => _rows.Span((nint)first * width, count * width);

    public void Dispose() => _rows.Dispose();
}
