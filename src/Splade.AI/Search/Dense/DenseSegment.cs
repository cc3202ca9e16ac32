using Splade.AI.Search.Segments;

namespace Splade.AI.Search.Dense;

/// <summary>Dense vectors one after the other: as they were put in, and as small integers that are read four times as fast.</summary>
internal sealed unsafe class DenseSegment : IndexSegment<DenseVector>
{
    private readonly AlignedBuffer<float> _values;
    private readonly AlignedBuffer<sbyte> _integers;
    private readonly float[] _factors;

    public DenseSegment(IReadOnlyList<DenseVector> vectors, CancellationToken cancellationToken)
    {
        const int CancellationStride = 1024;
        Rows = vectors.Count;
        Dimensions = vectors[0].Dimensions;
        Width = (Dimensions + DenseKernel.Lanes - 1) / DenseKernel.Lanes * DenseKernel.Lanes;
        int rows = (Rows + DenseKernel.Rows - 1) / DenseKernel.Rows * DenseKernel.Rows;
        _values = new AlignedBuffer<float>((nint)Rows * Dimensions);
        _integers = new AlignedBuffer<sbyte>((nint)rows * Width);
        _factors = new float[Rows];
        Steps = new float[rows];
        Norms = new float[rows];
        Errors = new float[rows];
        for (int row = 0; row < Rows; row++)
        {
            if (row % CancellationStride == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            DenseVector vector = vectors[row];
            _factors[row] = vector.Factor;
            vector.Values.Span.CopyTo(_values.Span((nint)row * Dimensions, Dimensions));
            (Steps[row], Norms[row], Errors[row]) =
                SmallIntegers.Write(vector.Values.Span, vector.Factor, _integers.Span((nint)row * Width, Width));
        }
    }

    /// <inheritdoc/>
    public override int Rows { get; }

    /// <inheritdoc/>
    public override int Dimensions { get; }

    /// <summary>The length of a row of integers.</summary>
    public int Width { get; }

    /// <summary>What an integer of each row stands for, factor included; rows are filled up to a multiple of <see cref="DenseKernel.Rows"/>.</summary>
    public float[] Steps { get; }

    /// <summary>The length of each row, times its factor.</summary>
    public float[] Norms { get; }

    /// <summary>How far each row is from its integers.</summary>
    public float[] Errors { get; }

    /// <summary>The integers of a row and of those behind it.</summary>
    public sbyte* Integers(int row) => _integers.Pointer + ((nint)row * Width);

    /// <summary>The score of a row, with the bits of <see cref="DenseVector.SimilarityTo"/>.</summary>
    public float Score(int row, ReadOnlySpan<float> query) =>
        DenseVector.Similarity(_values.Span((nint)row * Dimensions, Dimensions), _factors[row], query);

    /// <inheritdoc/>
    public override DenseVector Vector(int row) => new(_values.Span((nint)row * Dimensions, Dimensions).ToArray(), _factors[row]);

    /// <inheritdoc/>
    public override void Dispose()
    {
        _values.Dispose();
        _integers.Dispose();
    }
}
