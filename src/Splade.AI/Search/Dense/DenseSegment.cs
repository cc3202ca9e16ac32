using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Splade.AI.Search.Segments;
using Splade.AI.Search.Storage;

namespace Splade.AI.Search.Dense;

/// <summary>Dense vectors one after the other: as they were put in, and as small integers that are read four times as fast.</summary>
internal sealed unsafe class DenseSegment : IndexSegment<DenseVector>
{
    /// <summary>Rows that one thread places at a time.</summary>
    private const int RowsAtATime = 1024;

    private readonly SegmentMemory _bytes;
    private readonly float* _values;
    private readonly float* _factors;
    private readonly float* _steps;
    private readonly float* _norms;
    private readonly float* _errors;
    private readonly sbyte* _integers;

    private DenseSegment(SegmentMemory bytes, DenseLayout layout)
    {
        _bytes = bytes;
        Rows = layout.Rows;
        Dimensions = layout.Dimensions;
        Width = layout.Width;
        _values = (float*)(bytes.Pointer + layout.Values);
        _factors = (float*)(bytes.Pointer + layout.Factors);
        _steps = (float*)(bytes.Pointer + layout.Steps);
        _norms = (float*)(bytes.Pointer + layout.Norms);
        _errors = (float*)(bytes.Pointer + layout.Errors);
        _integers = (sbyte*)(bytes.Pointer + layout.Integers);
        bytes.ExpectScattered(layout.Values, layout.Length - layout.Values);
    }

    /// <inheritdoc/>
    public override int Rows { get; }

    /// <inheritdoc/>
    public override int Dimensions { get; }

    /// <summary>The length of a row of integers.</summary>
    public int Width { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<SegmentMemory> Sections => [_bytes];

    /// <param name="vectors">Vectors of one space, at least one. Several are read at the same time.</param>
    /// <param name="threads">How many threads may work, the caller's among them.</param>
    /// <param name="room">Gives memory, all zero, for so many bytes of it; null for that of the process.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static DenseSegment Build(
        IReadOnlyList<DenseVector> vectors, int threads = 1, Func<long, SegmentMemory>? room = null, CancellationToken cancellationToken = default)
    {
        var layout = new DenseLayout(vectors.Count, vectors[0].Dimensions);
        SegmentMemory bytes = (room ?? SegmentMemory.OfTheProcess)(layout.Length);
        try
        {
            MemoryMarshal.Write(bytes.Span<byte>(0, sizeof(int)), layout.Rows);
            MemoryMarshal.Write(bytes.Span<byte>(sizeof(int), sizeof(int)), layout.Dimensions);
            var segment = new DenseSegment(bytes, layout);
            int pieces = (layout.Rows + RowsAtATime - 1) / RowsAtATime;
            Parallel.For(
                0,
                pieces,
                new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken },
                piece => segment.Place(vectors, piece * RowsAtATime));
            return segment;
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    /// <exception cref="InvalidDataException">The bytes are no segment's.</exception>
    public static DenseSegment Open(SegmentMemory bytes)
    {
        DenseLayout? layout = bytes.Length < DenseLayout.HeaderSize ? null : new DenseLayout(bytes.Span<int>(0, 2)[0], bytes.Span<int>(0, 2)[1]);
        return layout?.Length == bytes.Length
            ? new DenseSegment(bytes, layout)
            : throw new InvalidDataException($"Found {bytes.Length} bytes of dense vectors, which are no segment's.");
    }

    /// <summary>What an integer of each of four rows stands for, factor included.</summary>
    public Vector128<float> Steps(int row) => Vector128.Load(_steps + row);

    /// <summary>The length of each of four rows, times its factor.</summary>
    public Vector128<float> Norms(int row) => Vector128.Load(_norms + row);

    /// <summary>How far each of four rows is from its integers.</summary>
    public Vector128<float> Errors(int row) => Vector128.Load(_errors + row);

    /// <summary>The integers of a row and of those behind it.</summary>
    public sbyte* Integers(int row) => _integers + ((nint)row * Width);

    /// <summary>The score of a row, with the bits of <see cref="DenseVector.SimilarityTo"/>.</summary>
    public float Score(int row, ReadOnlySpan<float> query) => DenseVector.Similarity(Values(row), _factors[row], query);

    /// <inheritdoc/>
    public override DenseVector Vector(int row)
    {
        var vector = new DenseVector(Values(row).ToArray(), _factors[row]);
        GC.KeepAlive(this);
        return vector;
    }

    /// <inheritdoc/>
    public override void Dispose() => _bytes.Dispose();

    private Span<float> Values(int row) => new(_values + ((nint)row * Dimensions), Dimensions);

    private void Place(IReadOnlyList<DenseVector> vectors, int first)
    {
        int end = Math.Min(Rows, first + RowsAtATime);
        for (int row = first; row < end; row++)
        {
            DenseVector vector = vectors[row];
            _factors[row] = vector.Factor;
            vector.Values.Span.CopyTo(Values(row));
            (_steps[row], _norms[row], _errors[row]) = SmallIntegers.Write(vector.Values.Span, vector.Factor, new Span<sbyte>(Integers(row), Width));
        }
    }
}
