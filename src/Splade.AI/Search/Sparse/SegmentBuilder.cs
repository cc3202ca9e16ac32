using System.Runtime.InteropServices;
using Splade.AI.Search.Storage;

namespace Splade.AI.Search.Sparse;

/// <summary>Makes a segment of vectors: counts, then places.</summary>
/// <param name="rows">The vectors.</param>
/// <param name="dimensions">The size of their space.</param>
/// <param name="cancellationToken">Ends the work early.</param>
internal sealed unsafe class SegmentBuilder(IReadOnlyList<SparseVector> rows, int dimensions, CancellationToken cancellationToken)
{
    private const int CancellationStride = 4096;

    /// <summary>For each position how many rows have it; afterwards its number in the segment.</summary>
    private readonly int[] _numbers = new int[dimensions];
    private readonly float[] _largest = new float[dimensions];
    private long _entries;
    private bool _fitsHalf = true;

    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static SparseSegment Build(IReadOnlyList<SparseVector> rows, int dimensions, CancellationToken cancellationToken = default) =>
        new SegmentBuilder(rows, dimensions, cancellationToken).Build();

    private SparseSegment Build()
    {
        CountRows();
        int[] terms = NumberTerms();
        int windows = (rows.Count + SegmentLayout.Window - 1) / SegmentLayout.Window;
        int[] counts = CountLists(terms.Length, windows);
        SegmentLayout layout = Lay(terms.Length, counts, windows);
        var bytes = new SegmentMemory(layout.Length);
        try
        {
            var segment = new SparseSegment(bytes, layout);
            MemoryMarshal.Write(segment.Span<byte>(0, SegmentHeader.Size), layout.Header);
            PlaceTerms(segment, terms);
            PlaceDirectory(segment, counts);
            PlaceRows(segment);
            return segment;
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    private void CountRows()
    {
        for (int row = 0; row < rows.Count; row++)
        {
            SparseVector vector = Read(row);
            ReadOnlySpan<int> indices = vector.Indices;
            ReadOnlySpan<float> values = vector.Values;
            _entries += indices.Length;
            for (int i = 0; i < indices.Length; i++)
            {
                _numbers[indices[i]]++;
                _largest[indices[i]] = Math.Max(_largest[indices[i]], values[i]);
                _fitsHalf = _fitsHalf && (float)(Half)values[i] == values[i];
            }
        }
    }

    private int[] NumberTerms()
    {
        var terms = new List<int>();
        for (int position = 0; position < dimensions; position++)
        {
            if (_numbers[position] > 0)
            {
                _numbers[position] = terms.Count;
                terms.Add(position);
            }
        }

        return [.. terms];
    }

    /// <summary>Shape <c>[terms, windows]</c>: how many rows of each window have each term.</summary>
    private int[] CountLists(int terms, int windows)
    {
        int[] counts = new int[checked(terms * windows)];
        for (int row = 0; row < rows.Count; row++)
        {
            int window = row / SegmentLayout.Window;
            foreach (int position in Read(row).Indices)
            {
                counts[(_numbers[position] * windows) + window]++;
            }
        }

        return counts;
    }

    private SegmentLayout Lay(int terms, int[] counts, int windows)
    {
        var header = new SegmentHeader(
            dimensions,
            rows.Count,
            checked((uint)_entries),
            terms,
            terms <= ushort.MaxValue + 1 ? sizeof(ushort) : sizeof(int),
            _fitsHalf ? sizeof(ushort) : sizeof(float),
            ListBytes: 0);
        SegmentLayout layout = SegmentLayout.Of(header);
        long bytes = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            bytes += layout.ListLength(i % windows, counts[i]);
        }

        return SegmentLayout.Of(header with { ListBytes = bytes });
    }

    private void PlaceTerms(SparseSegment segment, int[] terms)
    {
        terms.CopyTo(segment.Terms);
        for (int i = 0; i < terms.Length; i++)
        {
            segment.LargestWeights[i] = _largest[terms[i]];
        }
    }

    private static void PlaceDirectory(SparseSegment segment, int[] counts)
    {
        int windows = segment.Layout.Windows;
        Span<long> starts = segment.ListStarts;
        for (int term = 0; term + 1 < starts.Length; term++)
        {
            Span<uint> directory = segment.DirectoryOf(term);
            for (int window = 0; window < windows; window++)
            {
                directory[window + 1] = checked(directory[window] + (uint)segment.Layout.ListLength(window, counts[(term * windows) + window]));
            }

            starts[term + 1] = starts[term] + directory[windows];
        }
    }

    private void PlaceRows(SparseSegment segment)
    {
        int[] placed = new int[segment.Layout.Header.Terms];
        uint entry = 0;
        for (int row = 0; row < rows.Count; row++)
        {
            if (row % SegmentLayout.Window == 0)
            {
                Array.Clear(placed);
            }

            SparseVector vector = Read(row);
            ReadOnlySpan<int> indices = vector.Indices;
            ReadOnlySpan<float> values = vector.Values;
            segment.RowStarts[row] = entry;
            for (int i = 0; i < indices.Length; i++, entry++)
            {
                int term = _numbers[indices[i]];
                segment.SetEntry(entry, term, values[i]);
                segment.ListOf(term, row / SegmentLayout.Window).Set(
                    placed[term]++, row % SegmentLayout.Window, Impact(values[i], _largest[indices[i]]));
            }
        }

        segment.RowStarts[rows.Count] = entry;
    }

    // Rounded up: impacts of 255 steps to the largest weight are never less than the weight, but for the last bit of a double.
    private static byte Impact(float weight, float largest) =>
        (byte)Math.Clamp((int)Math.Ceiling((double)weight * byte.MaxValue / largest), 1, byte.MaxValue);

    private SparseVector Read(int row)
    {
        if (row % CancellationStride == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return rows[row];
    }
}
