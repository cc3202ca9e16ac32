using System.Diagnostics;
using System.Text.Json.Serialization;
using Splade.AI.Vectors.Files;
using Splade.AI.Vectors.Similarity;

namespace Splade.AI;

/// <summary>
/// A vector of which most entries are zero, such as SPLADE's weights over a model's vocabulary: the positions of the entries that
/// are not zero, and their weights.
/// </summary>
/// <remarks>
/// Immutable and therefore safe to share between threads. <see cref="Indices"/> are strictly ascending and below
/// <see cref="Dimensions"/>; <see cref="Values"/> are finite and greater than zero. A vector without any entry is valid.
/// In JSON it is <c>{"indices":[3,7],"values":[0.5,1.25],"dimensions":30522}</c>, whatever the serializer's options.
/// </remarks>
[DebuggerDisplay("{Count} of {Dimensions}")]
[JsonConverter(typeof(SparseVectorConverter))]
public sealed partial class SparseVector : IEquatable<SparseVector>
{
    private readonly int[] _indices;
    private readonly float[] _values;

    /// <summary>Creates a vector from a copy of the given entries.</summary>
    /// <param name="indices">Positions of the entries, strictly ascending, each at least 0 and below <paramref name="dimensions"/>.</param>
    /// <param name="values">The weight of each position: finite and greater than zero.</param>
    /// <param name="dimensions">The size of the space, for SPLADE the model's vocabulary size. At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dimensions"/> is below 1.</exception>
    /// <exception cref="ArgumentException">The entries break a rule above; the message names the first that does.</exception>
    public SparseVector(ReadOnlySpan<int> indices, ReadOnlySpan<float> values, int dimensions)
        : this(indices.ToArray(), values.ToArray(), dimensions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        if (FindProblem(_indices, _values, dimensions) is (string problem, string parameter))
        {
            throw new ArgumentException(problem, parameter);
        }
    }

    private SparseVector(int[] indices, float[] values, int dimensions)
    {
        _indices = indices;
        _values = values;
        Dimensions = dimensions;
    }

    /// <summary>Gets the positions of the entries, strictly ascending.</summary>
    public ReadOnlySpan<int> Indices => _indices;

    /// <summary>Gets the weights of the entries, in the order of <see cref="Indices"/>; each greater than zero.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>Gets the size of the space: for SPLADE the model's vocabulary size.</summary>
    public int Dimensions { get; }

    /// <summary>Gets how many entries are not zero ("active dimensions").</summary>
    public int Count => _indices.Length;

    /// <summary>Gets the Euclidean length: the square root of the sum of the squared weights.</summary>
    /// <remarks>Added up in double precision; a length beyond single precision is its largest number.</remarks>
    public float Norm => SinglePrecision.Score(Math.Sqrt(Squares));

    internal ReadOnlyMemory<int> IndexMemory => _indices;

    internal ReadOnlyMemory<float> ValueMemory => _values;

    /// <summary>The weight at a position, 0 where the vector has no entry.</summary>
    /// <param name="index">At least 0 and below <see cref="Dimensions"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is outside the space.</exception>
    public float this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Dimensions);
            int at = Array.BinarySearch(_indices, index);
            return at < 0 ? 0 : _values[at];
        }
    }

    /// <summary>The dot product: the sum of the products at shared positions, SPLADE's relevance score.</summary>
    /// <remarks>
    /// Added up in single precision by ascending position, so that equal vectors give equal bits everywhere. It is finite whatever the weights
    /// are: a sum beyond single precision is its largest number, <see cref="float.MaxValue"/>.
    /// </remarks>
    /// <exception cref="ArgumentException">The vectors have different <see cref="Dimensions"/>.</exception>
    public float Dot(SparseVector other)
    {
        ArgumentNullException.ThrowIfNull(other);
        DimensionGuard.RequireEqual(other.Dimensions, Dimensions, nameof(other));
        return Dot(_indices, _values, other._indices, other._values);
    }

    /// <summary>The cosine of the angle between the vectors, from 0 to 1; 0 if either has no entry.</summary>
    /// <remarks>Added up in double precision, so that it does not depend on how large or small the weights are.</remarks>
    /// <exception cref="ArgumentException">The vectors have different <see cref="Dimensions"/>.</exception>
    public float Cosine(SparseVector other)
    {
        ArgumentNullException.ThrowIfNull(other);
        DimensionGuard.RequireEqual(other.Dimensions, Dimensions, nameof(other));
        return SimilarityPair.Compute<CosineKernel>(this, other);
    }

    /// <summary>Equal dimensions, positions and weights, bit for bit.</summary>
    public bool Equals(SparseVector? other) =>
        other is not null && Dimensions == other.Dimensions && Indices.SequenceEqual(other.Indices) && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SparseVector);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Dimensions);
        hash.AddBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(Indices));
        hash.AddBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(Values));
        return hash.ToHashCode();
    }

    /// <summary>Takes the arrays without copying them. The caller vouches for the rules and never writes to them again.</summary>
    internal static SparseVector Own(int[] indices, float[] values, int dimensions)
    {
        Debug.Assert(FindProblem(indices, values, dimensions) is null, "The entries of a sparse vector break its rules.");
        return new SparseVector(indices, values, dimensions);
    }

    private static float Dot(ReadOnlySpan<int> leftIndices, ReadOnlySpan<float> leftValues, ReadOnlySpan<int> rightIndices, ReadOnlySpan<float> rightValues)
    {
        float sum = 0;
        int left = 0;
        int right = 0;
        while (left < leftIndices.Length && right < rightIndices.Length)
        {
            int difference = leftIndices[left] - rightIndices[right];
            if (difference == 0)
            {
                sum += leftValues[left] * rightValues[right];
            }

            left += difference <= 0 ? 1 : 0;
            right += difference >= 0 ? 1 : 0;
        }

        return SinglePrecision.Sum(sum);
    }

    private static (string Problem, string Parameter)? FindProblem(ReadOnlySpan<int> indices, ReadOnlySpan<float> values, int dimensions)
    {
        if (indices.Length != values.Length)
        {
            return ($"Found {indices.Length} indices and {values.Length} values, expected as many of one as of the other.", "values");
        }

        int previous = -1;
        for (int i = 0; i < indices.Length; i++)
        {
            if (indices[i] <= previous || indices[i] >= dimensions)
            {
                return ($"Index {indices[i]} at position {i} follows {previous}: expected strictly ascending indices from 0 to {dimensions - 1}.", "indices");
            }

            if (!(float.IsFinite(values[i]) && values[i] > 0))
            {
                return ($"Value {values[i]} at position {i} is not a finite number greater than zero. Leave entries without weight out.", "values");
            }

            previous = indices[i];
        }

        return null;
    }
}
