using System.Runtime.CompilerServices;

namespace Splade.AI.Search.Sparse;

/// <summary>Writes the rows of one window into a segment: their entries, row after row, and their impacts, into the list of each term.</summary>
/// <remarks>Windows share no bytes, so that they may be placed at the same time.</remarks>
internal sealed unsafe class WindowPlacer
{
    private readonly SparseSegment _segment;
    private readonly int _window;
    private readonly int[] _numbers;
    private readonly byte[]? _codes;
    private readonly ListEnd[] _ends;
    private uint _entry;

    /// <param name="segment">The segment, its directory in place.</param>
    /// <param name="window">The window.</param>
    /// <param name="numbers">The number of each position that any row has.</param>
    /// <param name="codes">The code of each weight by its 16 bits, where weights take a byte.</param>
    /// <param name="firstEntry">The first entry of the window's rows.</param>
    public WindowPlacer(SparseSegment segment, int window, int[] numbers, byte[]? codes, long firstEntry)
    {
        _segment = segment;
        _window = window;
        _numbers = numbers;
        _codes = codes;
        _entry = (uint)firstEntry;
        _ends = new ListEnd[segment.Layout.Header.Terms];
        for (int term = 0; term < _ends.Length; term++)
        {
            ImpactList list = segment.ListOf(term, window);
            _ends[term] = list.IsDense ? new ListEnd { Rows = null, Impacts = list.Block } : new ListEnd { Rows = list.Rows, Impacts = list.Impacts };
        }
    }

    public void Place(IReadOnlyList<SparseVector> rows, CancellationToken cancellationToken)
    {
        Span<float> largest = _segment.LargestWeights;
        int first = _window * SegmentLayout.Window;
        int count = _segment.Layout.RowsOf(_window);
        for (int row = 0; row < count; row++)
        {
            SparseVector vector = WindowRows.Read(rows, first + row, cancellationToken);
            ReadOnlySpan<int> indices = vector.Indices;
            ReadOnlySpan<float> values = vector.Values;
            _segment.RowStarts[first + row] = _entry;
            for (int i = 0; i < indices.Length; i++, _entry++)
            {
                int term = _numbers[indices[i]];
                _segment.SetEntry(_entry, term, values[i], _codes);
                _ends[term].Add(row, Impact(values[i], largest[term]));
            }
        }
    }

    // Rounded up: impacts of 255 steps to the largest weight are never less than the weight, but for the last bit of a double.
    private static byte Impact(float weight, float largest) =>
        (byte)Math.Clamp((int)Math.Ceiling((double)weight * byte.MaxValue / largest), 1, byte.MaxValue);

    /// <summary>Where the next row of a term goes: all of it in one place, because terms come in no order.</summary>
    private struct ListEnd
    {
        /// <summary>The place of the next row in a list; null in a block, which has a place for each.</summary>
        public ushort* Rows;

        /// <summary>The place of its impact; in a block that of the first row.</summary>
        public byte* Impacts;

        public void Add(int row, byte impact)
        {
            if (Rows is null)
            {
                Impacts[row] = impact;
            }
            else
            {
                // A list may begin at an odd byte.
                Unsafe.WriteUnaligned(Rows++, (ushort)row);
                *Impacts++ = impact;
            }
        }
    }
}
