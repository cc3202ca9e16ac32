using System.Numerics.Tensors;
using Splade.AI.Search;
using Splade.AI.Search.Dense;
using Splade.AI.Search.Segments;

namespace Splade.AI.Tests.Search.Dense;

/// <summary>Segments of dense vectors against scoring every vector.</summary>
public sealed class DenseSearchTests
{
    [Theory]
    [InlineData(1, 1, 3)]
    [InlineData(2, 50, 1)]
    [InlineData(3, 1_001, 31)]
    [InlineData(4, 20_003, 64)]
    [InlineData(5, 3_000, 384)]
    public void Run_GeneratedVectors_EqualsScoringEach(int seed, int rows, int dimensions)
    {
        var random = new Random(seed);
        float[][] vectors = [.. Enumerable.Range(0, rows).Select(_ => Vector(random, dimensions))];
        foreach (SimilarityFunction similarity in Enum.GetValues<SimilarityFunction>())
        {
            CompareWithScoringEach(vectors, [.. Enumerable.Range(0, 5).Select(_ => Vector(random, dimensions)), vectors[rows / 2]], similarity);
        }
    }

    [Fact]
    public void Run_ManyVectorsAlike_EqualsScoringEach()
    {
        // All scores are within the bound's width of each other, and many are equal.
        var random = new Random(1);
        float[] middle = Vector(random, 48);
        float[][] vectors = [.. Enumerable.Range(0, 2_000).Select(i => Array.ConvertAll(middle, x => x + (1e-4f * (i % 5) * (random.NextSingle() - 0.5f))))];
        CompareWithScoringEach(vectors, [middle, vectors[7]], SimilarityFunction.Cosine);
    }

    [Fact]
    public void Run_NumbersOfAnySize_EqualsScoringEach()
    {
        float[][] vectors = [.. Enumerable.Range(0, 200).Select(i => new[] { 1e30f / (i + 1), -1e-30f * i, i - 100f, 1e37f })];
        CompareWithScoringEach(vectors, [[1e8f, 1, 1, 0], [1e30f, 1, 1, -1e30f], [0, 1, 0, 0], [1e-38f, 0, 0, 0]], SimilarityFunction.Dot);
    }

    [Fact]
    public void Run_NumbersBelowNormalFloats_EqualsScoringEach()
    {
        var random = new Random(3);
        float[][] vectors = [.. Enumerable.Range(0, 500).Select(_ => Numbers(() => random.Next(-3, 4) * float.Epsilon))];
        float[][] queries = [.. Enumerable.Range(0, 10).Select(_ => Numbers(() => (random.NextSingle() - 0.5f) * 1e30f))];
        CompareWithScoringEach(vectors, queries, SimilarityFunction.Dot);

        // A length of 1.4 times the smallest float is rounded to that float itself.
        float[] axis = [0, 2 * float.Epsilon], between = [float.Epsilon, float.Epsilon];
        CompareWithScoringEach([axis, axis, axis, axis, between, between], [[1e30f, 9e29f]], SimilarityFunction.Dot);

        // Products below the normal floats.
        vectors = [.. Enumerable.Range(0, 500).Select(_ => Numbers(() => (random.NextSingle() - 0.5f) * 3e-23f))];
        queries = [.. Enumerable.Range(0, 10).Select(_ => Numbers(() => (random.NextSingle() - 0.5f) * 3e-23f))];
        CompareWithScoringEach(vectors, queries, SimilarityFunction.Dot);

        static float[] Numbers(Func<float> next) => [.. Enumerable.Range(0, 64).Select(_ => next())];
    }

    [Theory]
    [InlineData(133_120)]
    [InlineData(133_121)]
    [InlineData(140_000)]
    public void Run_MoreDimensionsThanSumsOf32BitsHold_EqualsScoringEach(int dimensions)
    {
        // The best is the last but one, and its products with the query are all as large as they can be.
        float[] ones = [.. Enumerable.Repeat(1f, dimensions)];
        float[] half = [.. Enumerable.Range(0, dimensions).Select(i => 2 * i < dimensions ? -1f : 1)];
        CompareWithScoringEach([half, half, half, half, half, ones, half], [ones], SimilarityFunction.Cosine);
    }

    [Fact]
    public unsafe void Multiply_AnyIntegers_EqualsThePortableForm()
    {
        var random = new Random(1);
        foreach (int width in new[] { 32, 64, 384 })
        {
            using var rows = new AlignedBuffer<sbyte>(DenseKernel.Rows * width);
            using var query = new AlignedBuffer<sbyte>(width);
            for (int round = 0; round < 20; round++)
            {
                int most = round == 0 ? 0 : 127;
                Fill(rows, most);
                Fill(query, most);
                Assert.Equal(
                    DenseKernel.MultiplyPortable(rows.Pointer, query.Pointer, width), DenseKernel.Multiply(rows.Pointer, query.Pointer, width));
            }
        }

        // Once all at their ends, where sums are largest.
        void Fill(AlignedBuffer<sbyte> buffer, int most)
        {
            foreach (ref sbyte number in buffer.Span(0, (int)buffer.Length))
            {
                number = (sbyte)(most == 0 ? 127 * (1 - (2 * random.Next(2))) : random.Next(-most, most + 1));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Search_WhileSegmentsAreMerged_EqualsLinq(int seed)
    {
        var vectors = new GeneratedVectors(seed);
        var sut = new DenseIndex<int>(
            SimilarityFunction.Dot, options: null, new SegmentedTable<int, DenseVector>(new DenseSegments(SimilarityFunction.Dot)) { TableRows = 8 });
        var model = new InsertionOrderedModel<int, float[]>();
        for (int step = 0; step < 200; step++)
        {
            int[] removed = [.. Enumerable.Range(0, vectors.Next(6)).Select(_ => vectors.Next(200))];
            (int Key, float[] Vector)[] added = [.. Enumerable.Range(0, vectors.Next(12)).Select(_ => (vectors.Next(200), vectors.Dense(7)))];
            Assert.Equal(model.Remove(removed), sut.Remove(removed));
            model.Upsert(added);
            sut.Upsert(added.Select(item => (item.Key, (ReadOnlyMemory<float>)item.Vector)));
            float[] query = vectors.Dense(7);
            Assert.Equal(
                model.Entries.Select(e => new SearchHit<int>(e.Key, TensorPrimitives.Dot<float>(e.Value, query))).OrderByDescending(hit => hit.Score).Take(15),
                sut.Search(query, 15));
        }

        await sut.ForceMergeAsync();
        Assert.Equal(model.Entries.Select(e => e.Key), sut.Keys);
        Assert.All(model.Entries, e => Assert.True(sut.TryGet(e.Key, out ReadOnlyMemory<float> vector) && vector.Span.SequenceEqual(e.Value)));
    }

    private static float[] Vector(Random random, int dimensions) =>
        [.. Enumerable.Range(0, dimensions).Select(i => (random.NextSingle() - 0.5f) * (i % 17 == 3 ? 5 : 1))];

    private static void CompareWithScoringEach(float[][] vectors, float[][] queries, SimilarityFunction similarity)
    {
        DenseVector[] stored = [.. vectors.Select(v => DenseVector.Create(v, similarity, "v"))];
        using var segment = DenseSegment.Build(stored);
        int[] keys = [.. Enumerable.Range(0, vectors.Length)];
        var part = new SegmentPart<int, DenseVector>(segment, new KeyTable<int>(keys), RowSet.Empty.With([.. keys.Where(key => key % 7 == 3)]));
        var state = new IndexState<int, DenseVector>([part], MemTableSnapshot<int, DenseVector>.Empty);
        foreach (float[] given in queries)
        {
            float[] query = DenseVector.CreateQuery(given, similarity, "query");
            SearchHit<int>[] all =
                [.. keys.Where(key => key % 7 != 3).Select(key => new SearchHit<int>(key, stored[key].SimilarityTo(query))).OrderByDescending(hit => hit.Score)];
            foreach ((int top, int skip, float minimum) in new[] { (1, 0, float.NaN), (10, 3, float.NaN), (vectors.Length + 1, 0, float.NaN), (10, 0, 0.2f) })
            {
                foreach (int threads in new[] { 1, 3 })
                {
                    var limits = new SearchLimits<int>(top, Filter: null, CancellationToken.None, minimum, skip);
                    SearchHit<int>[] expected = [.. all.Where(hit => hit.Score.CompareTo(minimum) >= 0)];
                    Assert.Equal(expected.Skip(skip).Take(top), new DenseSearch<int, DenseVector>(state, DenseSegments.Vectors, query, limits).Run(threads));
                    Assert.Equal(
                        expected.Where(hit => hit.Key % 2 == 0).Skip(skip).Take(top),
                        new DenseSearch<int, DenseVector>(state, DenseSegments.Vectors, query, limits with { Filter = key => key % 2 == 0 }).Run(threads));
                }
            }
        }
    }
}
