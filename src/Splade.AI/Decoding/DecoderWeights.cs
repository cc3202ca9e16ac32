namespace Splade.AI.Decoding;

/// <summary>The last layer of a masked language model: from the hidden state of a token to a logit for each entry of the vocabulary.</summary>
/// <remarks>Immutable, but for <see cref="Unmap"/>; safe for concurrent readers.</remarks>
internal sealed unsafe class DecoderWeights : IDisposable
{
    private readonly AlignedBuffer<float>? _copy;
    private readonly FileNumbers? _file;

    /// <param name="bias">What is added to the logit of each entry of the vocabulary.</param>
    /// <param name="rows">Shape <c>[entries, width]</c>: the weights, which this object owns from now on.</param>
    public DecoderWeights(float[] bias, AlignedBuffer<float> rows)
        : this(bias, rows.Length)
    {
        _copy = rows;
        Pointer = rows.Pointer;
    }

    /// <inheritdoc cref="DecoderWeights(float[], AlignedBuffer{float})"/>
    public DecoderWeights(float[] bias, FileNumbers rows)
        : this(bias, rows.Length)
    {
        _file = rows;
        Pointer = rows.Pointer;
    }

    private DecoderWeights(float[] bias, nint count)
    {
        Bias = bias;
        Width = (int)(count / bias.Length);
    }

    /// <summary>How many entries the vocabulary has.</summary>
    public int Columns => Bias.Length;

    /// <summary>The length of a hidden state.</summary>
    public int Width { get; }

    /// <summary>What is added to the logit of each entry.</summary>
    public float[] Bias { get; }

    /// <summary>Whether the rows are in the model's file, and not a copy.</summary>
    public bool AreInFile => _file is not null;

    /// <summary>
    /// Shape <c>[columns, width]</c>: the weights of each entry, one after the other, which are not written to. Null after <see cref="Unmap"/>.
    /// </summary>
    public float* Pointer { get; private set; }

    /// <summary>The weights of one entry, while they are in memory.</summary>
    public ReadOnlySpan<float> Row(int column) => Rows(column, 1);

    /// <summary>The weights of some entries that follow each other, while they are in memory.</summary>
    public ReadOnlySpan<float> Rows(int first, int count)
    {
        ObjectDisposedException.ThrowIf(Pointer is null, this);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, Columns - count);
        return new ReadOnlySpan<float>(Pointer + ((nint)first * Width), count * Width);
    }

    /// <summary>Reads the weights of one entry from the file.</summary>
    /// <exception cref="SpladeModelException">The file was cut short.</exception>
    public void ReadRow(int column, Span<float> row) => _file!.Read((nint)column * Width, row);

    /// <summary>Leaves weights that are in a file to it: for who has read all of them, and will read few from now on. Nobody may be reading.</summary>
    public void Unmap()
    {
        if (_file is not null)
        {
            _file.Unmap();
            Pointer = null;
        }
    }

    public void Dispose()
    {
        Pointer = null;
        _copy?.Dispose();
        _file?.Dispose();
    }
}
