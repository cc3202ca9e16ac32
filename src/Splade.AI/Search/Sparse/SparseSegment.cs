using System.Globalization;
using System.Runtime.InteropServices;
using Splade.AI.Search.Segments;
using Splade.AI.Search.Storage;

namespace Splade.AI.Search.Sparse;

/// <summary>Sparse vectors: for each term the vectors that have it, and the vectors themselves.</summary>
internal sealed unsafe partial class SparseSegment : IndexSegment<SparseVector>
{
    private readonly SegmentMemory _bytes;
    private readonly byte* _rowTerms;
    private readonly byte* _rowWeights;
    private readonly bool _termsAreShort;
    private readonly int _weightSize;

    /// <param name="bytes">The bytes of a segment, or as many zeros as one needs.</param>
    /// <param name="layout">Where its parts lie.</param>
    public SparseSegment(SegmentMemory bytes, SegmentLayout layout)
    {
        _bytes = bytes;
        Layout = layout;
        _rowTerms = bytes.Pointer + layout.RowTerms;
        _rowWeights = bytes.Pointer + layout.RowWeights;
        _termsAreShort = layout.Header.TermSize == sizeof(ushort);
        _weightSize = layout.Header.WeightSize;
        bytes.ExpectScattered(layout.RowTerms, layout.Length - layout.RowTerms);
    }

    /// <exception cref="InvalidDataException">The bytes are no segment's.</exception>
    public static SparseSegment Open(SegmentMemory bytes)
    {
        SegmentLayout? layout = bytes.Length < SegmentHeader.Size ? null : SegmentLayout.Of(MemoryMarshal.Read<SegmentHeader>(bytes.Span<byte>(0, SegmentHeader.Size)));
        return layout?.Length == bytes.Length
            ? new SparseSegment(bytes, layout)
            : throw new InvalidDataException($"Found {bytes.Length} bytes of sparse vectors, expected {layout?.Length.ToString(CultureInfo.InvariantCulture) ?? "a header"}.");
    }

    public SegmentLayout Layout { get; }

    /// <inheritdoc/>
    public override int Rows => Layout.Header.Rows;

    /// <summary>Entries are counted in 32 bits.</summary>
    public override double Fill => Math.Max(base.Fill, (double)Layout.Header.Entries / uint.MaxValue);

    /// <inheritdoc/>
    public override int Dimensions => Layout.Header.Dimensions;

    public Span<int> Terms => Span<int>(Layout.Terms, Layout.Header.Terms);

    public Span<float> LargestWeights => Span<float>(Layout.LargestWeights, Layout.Header.Terms);

    /// <summary>What the bytes stand for where weights take one.</summary>
    public Span<float> Weights => Span<float>(Layout.Weights, WeightSet.MostCodes);

    public Span<long> ListStarts => Span<long>(Layout.ListStarts, Layout.Header.Terms + 1);

    public Span<uint> RowStarts => Span<uint>(Layout.RowStarts, Rows + 1);

    public Span<T> Span<T>(long offset, int length)
        where T : unmanaged => _bytes.Span<T>(offset, length);

    /// <inheritdoc/>
    public override IReadOnlyList<SegmentMemory> Sections => [_bytes];

    /// <summary>Has the lists of some terms read from the disk at once, where the segment is too large to be kept in memory.</summary>
    public void Fetch(IReadOnlyList<int> terms)
    {
        ReadOnlySpan<long> starts = ListStarts;
        foreach (int term in terms)
        {
            _bytes.Fetch(Layout.Lists + starts[term], starts[term + 1] - starts[term]);
        }
    }

    public Span<uint> DirectoryOf(int term)
    {
        int length = Layout.Windows + 1;
        return Span<uint>(Layout.Directory + ((long)term * length * sizeof(uint)), length);
    }

    /// <summary>The rows of a window that have a term.</summary>
    public ImpactList ListOf(int term, int window)
    {
        uint* directory = (uint*)(_bytes.Pointer + Layout.Directory) + ((long)term * (Layout.Windows + 1)) + window;
        byte* lists = _bytes.Pointer + Layout.Lists + ((long*)(_bytes.Pointer + Layout.ListStarts))[term];
        return new ImpactList(lists + directory[0], (int)(directory[1] - directory[0]), Layout.BlockLength(window));
    }

    /// <param name="entry">Which entry of all.</param>
    /// <param name="term">Its term, by its number.</param>
    /// <param name="weight">Its weight.</param>
    /// <param name="codes">The code of each weight by its 16 bits, where weights take a byte.</param>
    public void SetEntry(uint entry, int term, float weight, byte[]? codes)
    {
        if (_termsAreShort)
        {
            ((ushort*)_rowTerms)[entry] = (ushort)term;
        }
        else
        {
            ((int*)_rowTerms)[entry] = term;
        }

        switch (_weightSize)
        {
            case sizeof(byte):
                _rowWeights[entry] = codes![HalfWeight.Encode(weight)];
                break;
            case sizeof(ushort):
                ((ushort*)_rowWeights)[entry] = HalfWeight.Encode(weight);
                break;
            default:
                ((float*)_rowWeights)[entry] = weight;
                break;
        }
    }

    /// <summary>The score of a row: products are added by ascending position, so it has the bits of <see cref="SparseVector.Dot(SparseVector)"/>.</summary>
    /// <param name="row">The row.</param>
    /// <param name="weights">The query's weight of each of the segment's terms, 0 of those that it lacks.</param>
    public float Score(int row, float* weights)
    {
        uint* starts = (uint*)(_bytes.Pointer + Layout.RowStarts) + row;
        int count = (int)(starts[1] - starts[0]);
        return SinglePrecision.Sum((_termsAreShort, _weightSize) switch
        {
            (true, sizeof(byte)) => ScoreCoded((ushort*)_rowTerms + starts[0], _rowWeights + starts[0], count, weights),
            (true, sizeof(ushort)) => ScoreShort((ushort*)_rowTerms + starts[0], (ushort*)_rowWeights + starts[0], count, weights),
            _ => ScoreLong(starts[0], starts[1], weights),
        });
    }

    /// <inheritdoc/>
    public override SparseVector Vector(int row)
    {
        uint first = RowStarts[row];
        int[] indices = new int[RowStarts[row + 1] - first];
        float[] values = new float[indices.Length];
        Span<int> terms = Terms;
        for (int i = 0; i < indices.Length; i++)
        {
            indices[i] = terms[TermOf(first + (uint)i)];
            values[i] = WeightOf(first + (uint)i);
        }

        GC.KeepAlive(this);
        return SparseVector.Own(indices, values, Layout.Header.Dimensions);
    }

    /// <inheritdoc/>
    public override void Dispose() => _bytes.Dispose();

    // Loops with nothing but what is needed.
    private float ScoreCoded(ushort* terms, byte* codes, int count, float* weights)
    {
        float* values = (float*)(_bytes.Pointer + Layout.Weights);
        float sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += weights[terms[i]] * values[codes[i]];
        }

        return sum;
    }

    private static float ScoreShort(ushort* terms, ushort* values, int count, float* weights)
    {
        float sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += weights[terms[i]] * HalfWeight.Decode(values[i]);
        }

        return sum;
    }

    private float ScoreLong(uint from, uint to, float* weights)
    {
        float sum = 0;
        for (uint entry = from; entry < to; entry++)
        {
            sum += weights[TermOf(entry)] * WeightOf(entry);
        }

        return sum;
    }

    /// <summary>The term of an entry, by its number in the segment.</summary>
    private int TermOf(uint entry) => _termsAreShort ? ((ushort*)_rowTerms)[entry] : ((int*)_rowTerms)[entry];

    /// <summary>The weight of an entry.</summary>
    private float WeightOf(uint entry) => _weightSize switch
    {
        sizeof(byte) => Weights[_rowWeights[entry]],
        sizeof(ushort) => HalfWeight.Decode(((ushort*)_rowWeights)[entry]),
        _ => ((float*)_rowWeights)[entry],
    };
}
