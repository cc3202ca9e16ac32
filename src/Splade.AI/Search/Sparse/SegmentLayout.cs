using static Splade.AI.Search.Storage.Alignment;

namespace Splade.AI.Search.Sparse;

/// <summary>Where the parts of a segment lie in its bytes.</summary>
/// <remarks>
/// <para>All numbers are little-endian; every part begins at a multiple of 64 bytes.</para>
/// <para>
/// Rows come in windows of <see cref="Window"/>. Of each term there is, window after window, either a list (the places of its rows in the
/// window in 2 bytes each, then their impacts in one byte each) or, where it is dense, a block with a byte for each row of the window.
/// Which of them it is tells its length. Weights are kept a second time, exactly, row after row.
/// </para>
/// </remarks>
internal sealed record SegmentLayout
{
    /// <summary>How many rows a window has. Their places fit 16 bits, and their sums the second-level cache.</summary>
    public const int Window = 1 << 16;

    /// <summary>Beyond this share of a window's rows a block is less work than a list, and hardly more bytes.</summary>
    public const double DenseShare = 0.1;

    private SegmentLayout(SegmentHeader header)
    {
        Header = header;
        Terms = Align(SegmentHeader.Size);
        LargestWeights = Align(Terms + ((long)header.Terms * sizeof(int)));
        ListStarts = Align(LargestWeights + ((long)header.Terms * sizeof(float)));
        Directory = Align(ListStarts + ((long)(header.Terms + 1) * sizeof(long)));
        RowStarts = Align(Directory + ((long)header.Terms * (Windows + 1) * sizeof(uint)));
        Weights = Align(RowStarts + ((long)(header.Rows + 1) * sizeof(uint)));
        RowTerms = Align(Weights + (header.WeightSize == sizeof(byte) ? WeightSet.MostCodes * sizeof(float) : 0));
        RowWeights = Align(RowTerms + (header.Entries * header.TermSize));
        Lists = Align(RowWeights + (header.Entries * header.WeightSize));
        Length = Align(Lists + header.ListBytes);
    }

    public SegmentHeader Header { get; }

    /// <summary>How many windows the rows make.</summary>
    public int Windows => (Header.Rows + Window - 1) / Window;

    /// <summary><c>int[terms]</c>: the positions that any row has, ascending. A term's place among them is its number in the segment.</summary>
    public long Terms { get; }

    /// <summary><c>float[terms]</c>: the largest weight of each term, which its impact 255 stands for.</summary>
    public long LargestWeights { get; }

    /// <summary><c>long[terms + 1]</c>: where the lists of each term begin within <see cref="Lists"/>.</summary>
    public long ListStarts { get; }

    /// <summary><c>uint[terms, windows + 1]</c>: where each window's list begins, counted from the term's first.</summary>
    public long Directory { get; }

    /// <summary><c>uint[rows + 1]</c>: where the entries of each row begin.</summary>
    public long RowStarts { get; }

    /// <summary><c>float[256]</c>, where weights take a byte: what each byte stands for.</summary>
    public long Weights { get; }

    /// <summary><c>ushort[entries]</c> or <c>int[entries]</c>: the numbers of the rows' terms, ascending within a row.</summary>
    public long RowTerms { get; }

    /// <summary><c>byte[entries]</c> (of <see cref="Weights"/>), <c>ushort[entries]</c> (<see cref="HalfWeight"/>) or <c>float[entries]</c>: their weights, exactly.</summary>
    public long RowWeights { get; }

    /// <summary>Lists and blocks.</summary>
    public long Lists { get; }

    /// <summary>The bytes of the whole segment.</summary>
    public long Length { get; }

    public static SegmentLayout Of(SegmentHeader header) => new(header);

    /// <summary>How many rows a window has.</summary>
    public int RowsOf(int window) => Math.Min(Window, Header.Rows - (window * Window));

    /// <summary>How long a block is: a byte for each row, in whole tiles.</summary>
    public int BlockLength(int window) => (int)Align(RowsOf(window));

    /// <summary>How many bytes the rows of a term take in a window.</summary>
    public int ListLength(int window, int rows) => IsDense(window, rows) ? BlockLength(window) : rows * (sizeof(ushort) + sizeof(byte));

    /// <summary>Whether so many of a window's rows make a block. As their list would always be shorter than a block, the length tells.</summary>
    public bool IsDense(int window, int rows) => rows > DenseShare * BlockLength(window);
}
