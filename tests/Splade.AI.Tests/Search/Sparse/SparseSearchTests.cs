using Splade.AI.Search;
using Splade.AI.Search.Segments;
using Splade.AI.Search.Sparse;

namespace Splade.AI.Tests.Search.Sparse;

/// <summary>Segments against scoring every vector.</summary>
public sealed class SparseSearchTests
{
    [Theory]
    [InlineData(1, 1, 20, 5)]
    [InlineData(2, 700, 40, 30)]
    [InlineData(3, 5_000, 3_000, 60)]
    [InlineData(4, 70_000, 500, 12)]
    [InlineData(5, 140_000, 90_000, 20)]
    public void Run_GeneratedVectors_EqualsScoringEach(int seed, int rows, int dimensions, int mostEntries)
    {
        var generated = new GeneratedVectors(seed);
        SparseVector[] vectors = [.. Enumerable.Range(0, rows).Select(_ => generated.Sparse(dimensions, mostEntries))];
        CompareWithScoringEach(vectors, [.. Enumerable.Range(0, Trials.Of(3, slow: 6)).Select(_ => generated.Sparse(dimensions, Math.Min(dimensions, 40)))]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Run_WeightsOfAnySize_EqualsScoringEach(int seed)
    {
        // Sums of these depend on their order, and few of them are numbers of 16 bits.
        var random = new Random(seed);
        SparseVector[] vectors = [.. Enumerable.Range(0, 3_000).Select(_ => Vector(random, 200, 50))];
        CompareWithScoringEach(vectors, [.. Enumerable.Range(0, 20).Select(_ => Vector(random, 200, 60))]);
    }

    [Fact]
    public void Run_ScoresBeyondFloats_EqualsScoringEach()
    {
        SparseVector[] vectors = [.. Enumerable.Range(1, 300).Select(i => new SparseVector([0, 1], [1e30f / i, i % 3 == 0 ? 1e25f : 1], 2))];
        CompareWithScoringEach(vectors, [new SparseVector([0, 1], [1e20f, 1e-20f], 2), new SparseVector([0], [1e-30f], 2), new SparseVector([1], [1e30f], 2)]);
    }

    [Fact]
    public void Run_ProductsBelowNormalFloats_EqualsScoringEach()
    {
        // The product of the first vector with the first query is 8.4e-46, and rounds up to the smallest float there is.
        var random = new Random(1);
        SparseVector[] vectors = [new SparseVector([1], [8.4e-26f], 40), .. Enumerable.Range(0, 500).Select(_ => Scaled(Vector(random, 40, 10), 1e-25f))];
        CompareWithScoringEach(vectors, [new SparseVector([1], [1e-20f], 40), .. Enumerable.Range(0, 20).Select(_ => Scaled(Vector(random, 40, 30), 1e-20f))]);

        static SparseVector Scaled(SparseVector vector, float factor) =>
            new(vector.Indices, [.. vector.Values.ToArray().Select(value => value * factor)], vector.Dimensions);
    }

    [Theory]
    [InlineData(1, 300)]
    [InlineData(2, 70_000)]
    public void Run_SpaceOfAllIntegers_EqualsScoringEach(int seed, int rows)
    {
        // As hashed words have: positions anywhere, of which few are used.
        var random = new Random(seed);
        int[] used = [0, .. Enumerable.Range(0, 700).Select(_ => random.Next()).Distinct().Order(), int.MaxValue - 1];
        SparseVector[] vectors = [.. Enumerable.Range(0, rows).Select(_ => Hashed(8))];
        CompareWithScoringEach(vectors, [.. Enumerable.Range(0, Trials.Of(2, slow: 6)).Select(_ => Hashed(40))]);
        using SparseSegment segment = SegmentBuilder.Build(vectors, int.MaxValue, threads: 2);
        Assert.Equal(int.MaxValue, segment.Dimensions);
        Sequences.AssertEqual(vectors, Enumerable.Range(0, rows).Select(segment.Vector));

        SparseVector Hashed(int entries)
        {
            int[] indices = [.. Enumerable.Range(0, entries).Select(_ => used[random.Next(used.Length)]).Append(int.MaxValue - 1).Distinct().Order()];
            return new SparseVector(indices, [.. indices.Select(_ => random.Next(1, 129) / 64f)], int.MaxValue);
        }
    }

    [Fact]
    public void Build_SpaceOfAllIntegers_TakesMemoryForWhatIsThere()
    {
        var random = new Random(1);
        int[] common = CountedFrequencies.Common(random, 100);
        SparseVector[] vectors = [.. Enumerable.Range(0, 2_000).Select(_ => CountedFrequencies.Hashed(random, common, 20))];
        long before = GC.GetAllocatedBytesForCurrentThread();
        using SparseSegment segment = SegmentBuilder.Build(vectors, int.MaxValue);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10 << 20);
        Assert.InRange(segment.Layout.Length, 0, 1 << 20);
    }

    [Fact]
    public void Run_QueryOfMoreTermsThanSumsHold_EqualsScoringEach()
    {
        const int Dimensions = 40_000;
        var random = new Random(1);
        SparseVector[] vectors = [.. Enumerable.Range(0, 200).Select(_ => Vector(random, Dimensions, 1_000))];
        CompareWithScoringEach(vectors, [Vector(random, Dimensions, 39_000), Vector(random, Dimensions, 100)]);
    }

    [Fact]
    public void Vector_EachRow_IsTheOneThatWasPutIn()
    {
        var random = new Random(1);
        SparseVector[] vectors = [.. Enumerable.Range(0, 500).Select(_ => Vector(random, 100_000, 300))];
        using SparseSegment segment = SegmentBuilder.Build(vectors, 100_000);
        Assert.Equal(sizeof(int), segment.Layout.Header.TermSize);
        Sequences.AssertEqual(vectors, Enumerable.Range(0, vectors.Length).Select(segment.Vector));

    }

    [Theory]
    [InlineData(256, 1 / 64f, sizeof(byte))]
    [InlineData(257, 1 / 64f, sizeof(ushort))]
    [InlineData(256, 0.1f, sizeof(float))]
    public void Build_Weights_TakeAsFewBytesAsHoldThemExactly(int different, float step, int size)
    {
        // Of each second term one row, of the others all: lists and blocks, in two windows.
        SparseVector[] vectors = [.. Enumerable.Range(0, SegmentLayout.Window + 300)
            .Select(i => new SparseVector([2 * (i % 400), 801], [((i % different) + 1) * step, ((i * 7 % different) + 1) * step], 802))];
        using SparseSegment segment = SegmentBuilder.Build(vectors, 802, threads: 2);
        Assert.Equal((sizeof(ushort), size), (segment.Layout.Header.TermSize, segment.Layout.Header.WeightSize));
        Sequences.AssertEqual(vectors, Enumerable.Range(0, vectors.Length).Select(segment.Vector));
        CompareWithScoringEach(vectors[^600..], [new SparseVector([0, 10, 20, 801], [1, 2.5f, 0.3f, 0.7f], 802)]);
    }

    [Fact]
    public void Build_Cancelled_Throws() => Assert.Throws<OperationCanceledException>(
        () => SegmentBuilder.Build([new SparseVector([0], [1], 1)], 1, cancellationToken: new CancellationToken(canceled: true)));

    private static void CompareWithScoringEach(SparseVector[] vectors, SparseVector[] queries)
    {
        using SparseSegment segment = SegmentBuilder.Build(vectors, vectors[0].Dimensions);
        int[] keys = [.. Enumerable.Range(0, vectors.Length)];
        var part = new SegmentPart<int, SparseVector>(segment, new KeyTable<int>(keys), RowSet.Empty);
        var state = new IndexState<int, SparseVector>([part], MemTableSnapshot<int, SparseVector>.Empty);
        int[] removed = [.. keys.Where(key => key % 7 == 3)];
        var less = state with { Parts = [part with { Removed = RowSet.Empty.With(removed) }] };
        foreach (SparseVector query in queries.Where(query => query.Count > 0))
        {
            SearchHit<int>[] all = [.. keys.Select(key => new SearchHit<int>(key, vectors[key].Dot(query))).Where(hit => hit.Score > 0).OrderByDescending(hit => hit.Score)];
            foreach ((int top, int skip, float minimum) in new[] { (1, 0, 0f), (10, 0, 0f), (10, 5, 0f), (100, 0, 0f), (vectors.Length + 1, 0, 0f), (10, 0, 3f) })
            {
                foreach (int threads in new[] { 1, 4 })
                {
                    var limits = new SearchLimits<int>(top, Filter: null, CancellationToken.None, Math.Max(minimum, float.Epsilon), skip);
                    SearchHit<int>[] expected = [.. all.Where(hit => hit.Score >= minimum)];
                    Sequences.AssertEqual(expected.Skip(skip).Take(top), new SparseSearch<int, SparseVector>(state, SparseSegments.Vectors, query, limits).Run(threads));
                    Sequences.AssertEqual(
                        expected.Where(h => h.Key % 7 != 3).Skip(skip).Take(top),
                        new SparseSearch<int, SparseVector>(less, SparseSegments.Vectors, query, limits).Run(threads));
                    Sequences.AssertEqual(
                        expected.Where(h => h.Key % 3 == 0).Skip(skip).Take(top),
                        new SparseSearch<int, SparseVector>(state, SparseSegments.Vectors, query, limits with { Filter = key => key % 3 == 0 }).Run(threads));
                }
            }
        }
    }

    private static SparseVector Vector(Random random, int dimensions, int entries)
    {
        int[] indices = [.. Enumerable.Range(0, entries).Select(_ => random.Next(dimensions)).Distinct().Order()];
        return new SparseVector(indices, [.. indices.Select(_ => MathF.Exp((float)(6 * (random.NextDouble() - 0.5))))], dimensions);
    }
}
