using System.Buffers;

namespace Splade.AI.Search.Sparse;

/// <summary>A query in terms of one segment: which of its terms the segment has, and by which factors their impacts become bounds.</summary>
/// <remarks>Safe for concurrent use until it is disposed.</remarks>
internal sealed class SegmentQuery : IDisposable
{
    /// <summary>The sums of a window have 16 bits; a factor has them too, and stands for 256/255 of its term's largest share.</summary>
    private const int Capacity = ushort.MaxValue / 256 * 255;

    /// <summary>Each term is rounded up by less than this.</summary>
    private const int Rounding = 2;

    /// <summary>With more terms than this there would be no room left but for rounding.</summary>
    private const int MostTerms = Capacity / (2 * Rounding);

    private readonly float[] _weights;
    private readonly double _boundFactor;

    private SegmentQuery(SparseSegment segment, int[] terms, float[] weights, double largestScore, double boundFactor)
    {
        Terms = terms;
        _weights = weights;
        _boundFactor = boundFactor;
        Segment = segment;
        Step = largestScore / (Capacity - (Rounding * Math.Min(terms.Length, MostTerms)));
        Factors = Array.ConvertAll(terms, term => Factor(segment, term));
    }

    public SparseSegment Segment { get; }

    /// <summary>The terms that query and segment share and that find candidates, by their numbers in the segment, ascending.</summary>
    public int[] Terms { get; }

    /// <summary>The factor of each of them.</summary>
    public ushort[] Factors { get; }

    /// <summary>What one step of a sum stands for.</summary>
    public double Step { get; }

    /// <summary>Whether sums bound scores. A query of very many terms has to score every row.</summary>
    public bool IsBounded => Terms.Length <= MostTerms;

    /// <summary>The query's weight of each of the segment's terms, by their numbers.</summary>
    public ReadOnlySpan<float> Weights => _weights;

    /// <summary>Null if the query shares no term with the segment that finds candidates.</summary>
    public static SegmentQuery? Create(SparseVector query, SparseSegment segment, SparseApproximation? approximation = null)
    {
        SparseVector cut = approximation?.QueryTerms is int most ? query.TopK(most) : query;
        ReadOnlySpan<int> terms = segment.Terms;
        var shared = new List<int>(query.Count);
        float[] weights = ArrayPool<float>.Shared.Rent(terms.Length);
        Array.Clear(weights, 0, terms.Length);
        double largestScore = 0, largestOfOthers = 0;
        for (int i = 0, kept = 0; i < query.Count; i++)
        {
            bool isKept = kept < cut.Count && cut.Indices[kept] == query.Indices[i];
            kept += isKept ? 1 : 0;
            int number = terms.BinarySearch(query.Indices[i]);
            if (number < 0)
            {
                continue;
            }

            weights[number] = query.Values[i];
            double largest = (double)query.Values[i] * segment.LargestWeights[number];
            if (isKept)
            {
                shared.Add(number);
                largestScore += largest;
            }
            else
            {
                largestOfOthers += largest;
            }
        }

        segment.Fetch(shared);
        GC.KeepAlive(segment);
        if (shared.Count > 0)
        {
            // Terms that find no candidates are taken to bring their part of what those bring that do.
            double boundFactor = (approximation?.BoundFactor ?? 1) * (largestScore + largestOfOthers) / largestScore;
            return new SegmentQuery(segment, [.. shared], weights, largestScore, boundFactor);
        }

        ArrayPool<float>.Shared.Return(weights);
        return null;
    }

    /// <summary>The least sum of a row whose score may be as high as a given one: at least 1, and above 16 bits where no row's can be.</summary>
    /// <remarks>
    /// A score is summed in single precision, which rounds once for each term; its bound is not. Products below the normal floats are
    /// rounded to multiples of the smallest one, so by half of it at most, however small they are; sums of such numbers are exact.
    /// </remarks>
    public int LeastSum(float score)
    {
        double rounding = (Terms.Length + 2.0) / (1 << 23);
        double underflow = Terms.Length * (double)float.Epsilon;
        double steps = Math.Floor((Math.Min(score, float.MaxValue) - underflow) * (1 - rounding) / _boundFactor / Step);
        return (int)Math.Clamp(steps, 1, ushort.MaxValue + 1);
    }

    public void Dispose() => ArrayPool<float>.Shared.Return(_weights);

    private ushort Factor(SparseSegment segment, int term) =>
        (ushort)Math.Min(ushort.MaxValue, Math.Ceiling((double)_weights[term] * segment.LargestWeights[term] / byte.MaxValue * 256 / Step));
}
