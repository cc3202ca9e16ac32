using System.Runtime.InteropServices;
using Splade.AI.Search.Storage;

namespace Splade.AI.Search.Sparse;

/// <summary>Makes a segment of vectors: counts, then places, each window by itself.</summary>
internal sealed class SegmentBuilder
{
    /// <summary>Larger spaces are not counted position by position: hashed words have positions anywhere, of which few are used.</summary>
    private const int MostCounted = 1 << 20;

    private readonly IReadOnlyList<SparseVector> _rows;
    private readonly int _dimensions;

    /// <summary>What the positions of the rows stand for; null for themselves.</summary>
    private readonly UsedPositions? _used;
    private readonly int _space;
    private readonly WindowCounts[] _windows;
    private readonly WeightSet _weights = new();
    private readonly ParallelOptions _parallel;
    private readonly Func<long, SegmentMemory> _room;

    private SegmentBuilder(IReadOnlyList<SparseVector> rows, int dimensions, int threads, Func<long, SegmentMemory> room, CancellationToken cancellationToken)
    {
        _room = room;
        _used = dimensions > MostCounted ? UsedPositions.Of(rows, cancellationToken) : null;
        _rows = _used?.Number(rows) ?? rows;
        _dimensions = _used?.Count ?? dimensions;
        _space = dimensions;
        _windows = new WindowCounts[(rows.Count + SegmentLayout.Window - 1) / SegmentLayout.Window];
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
    }

    /// <param name="rows">The vectors. Windows of them are read at the same time.</param>
    /// <param name="dimensions">The size of their space.</param>
    /// <param name="threads">How many threads may work, the caller's among them.</param>
    /// <param name="room">Gives memory, all zero, for so many bytes of it; null for that of the process.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static SparseSegment Build(
        IReadOnlyList<SparseVector> rows, int dimensions, int threads = 1, Func<long, SegmentMemory>? room = null, CancellationToken cancellationToken = default) =>
        new SegmentBuilder(rows, dimensions, threads, room ?? SegmentMemory.OfTheProcess, cancellationToken).Build();

    private SparseSegment Build()
    {
        ForEachWindow(window => _windows[window] = WindowCounts.Of(_rows, window, _dimensions, _parallel.CancellationToken));
        Array.ForEach(_windows, window => _weights.Add(window.Weights));
        int[] numbers = new int[_dimensions];
        int[] terms = NumberTerms(numbers);
        SegmentLayout layout = Lay(terms);
        SegmentMemory bytes = _room(layout.Length);
        try
        {
            var segment = new SparseSegment(bytes, layout);
            MemoryMarshal.Write(segment.Span<byte>(0, SegmentHeader.Size), layout.Header);
            PlaceTerms(segment, terms);
            PlaceDirectory(segment, terms);
            byte[]? codes = PlaceWeights(segment);
            ForEachWindow(window => new WindowPlacer(segment, window, numbers, codes, FirstEntry(window)).Place(_rows, _parallel.CancellationToken));
            segment.RowStarts[_rows.Count] = checked((uint)FirstEntry(_windows.Length));
            return segment;
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    private void ForEachWindow(Action<int> work)
    {
        if (_windows.Length > 1 && _parallel.MaxDegreeOfParallelism > 1)
        {
            Parallel.For(0, _windows.Length, _parallel, work);
            return;
        }

        for (int window = 0; window < _windows.Length; window++)
        {
            work(window);
        }
    }

    /// <summary>The positions that any row has, ascending; each gets its place among them as its number.</summary>
    private int[] NumberTerms(int[] numbers)
    {
        var terms = new List<int>();
        for (int position = 0; position < _dimensions; position++)
        {
            if (_windows.Any(window => window.Rows[position] > 0))
            {
                numbers[position] = terms.Count;
                terms.Add(position);
            }
        }

        return [.. terms];
    }

    private SegmentLayout Lay(int[] terms)
    {
        var header = new SegmentHeader(
            _space,
            _rows.Count,
            checked((uint)FirstEntry(_windows.Length)),
            terms.Length,
            terms.Length <= ushort.MaxValue + 1 ? sizeof(ushort) : sizeof(int),
            _weights.Size,
            ListBytes: 0);
        SegmentLayout layout = SegmentLayout.Of(header);
        long bytes = _windows.Select((window, i) => terms.Sum(term => (long)layout.ListLength(i, window.Rows[term]))).Sum();
        return SegmentLayout.Of(header with { ListBytes = bytes });
    }

    private long FirstEntry(int window) => _windows.Take(window).Sum(before => before.Entries);

    private void PlaceTerms(SparseSegment segment, int[] terms)
    {
        for (int i = 0; i < terms.Length; i++)
        {
            segment.Terms[i] = _used?[terms[i]] ?? terms[i];
            segment.LargestWeights[i] = _windows.Max(window => window.Largest[terms[i]]);
        }
    }

    /// <returns>The code of each weight by its 16 bits; null if weights have no codes.</returns>
    private byte[]? PlaceWeights(SparseSegment segment)
    {
        if (_weights.Size > sizeof(byte))
        {
            return null;
        }

        _weights.Values.CopyTo(segment.Weights);
        return _weights.Codes();
    }

    private void PlaceDirectory(SparseSegment segment, int[] terms)
    {
        Span<long> starts = segment.ListStarts;
        for (int term = 0; term < terms.Length; term++)
        {
            Span<uint> directory = segment.DirectoryOf(term);
            for (int window = 0; window < _windows.Length; window++)
            {
                directory[window + 1] = checked(directory[window] + (uint)segment.Layout.ListLength(window, _windows[window].Rows[terms[term]]));
            }

            starts[term + 1] = starts[term] + directory[_windows.Length];
        }
    }
}
