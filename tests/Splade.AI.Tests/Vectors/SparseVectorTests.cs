namespace Splade.AI.Tests.Vectors;

public class SparseVectorTests
{
    [Fact]
    public void Arithmetic_KnownDocument_GivesItsFigures()
    {
        SparseVector document = KnownDocument.Vector;

        Assert.Equal(34, document.Count);
        Assert.Equal(30522, document.Dimensions);
        Assert.Equal(22.21915, document.Values.ToArray().Sum(), 1e-4);
        Assert.Equal(23.61165, document.Dot(document), 1e-4);
        Assert.Equal(4.859182, document.Norm, 1e-5);
        Assert.Equal(1, document.Cosine(document), 1e-6);
        Assert.Equal(.527, Share(document.TopK(8), document), 5e-4);
        Assert.Equal(.792, Share(document.TopK(16), document), 5e-4);
        Assert.Equal(27, document.Prune(SparsePruning.MaxRatio(.1)).Count);
        Assert.Equal(13, document.Prune(SparsePruning.MaxRatio(.4)).Count);
    }

    [Fact]
    public void Dot_WorkedSum_Adds()
    {
        var query = new SparseVector([1, 5], [.12f, 3f], 10);
        var document = new SparseVector([1, 2, 5], [2.5f, 9f, .2f], 10);

        Assert.Equal(.9f, query.Dot(document), 1e-6f);
        Assert.Equal(query.Dot(document), document.Dot(query));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Arithmetic_GeneratedVectors_EqualsDenseArithmetic(int seed)
    {
        var random = new Random(seed);
        float[] Next() => [.. Enumerable.Range(0, 40).Select(_ => Math.Max(0, random.Next(-64, 64) / 64f))];
        for (int i = 0; i < 100; i++)
        {
            float[] a = Next();
            float[] b = Next();
            SparseVector left = SparseVector.FromDense(a);
            SparseVector right = SparseVector.FromDense(b);

            Assert.Equal(a.Zip(b, (x, y) => x * y).Sum(), left.Dot(right));
            Assert.Equal(a, left.ToDense());
            Assert.Equal(a, Enumerable.Range(0, 40).Select(position => left[position]));
            Assert.Equal(a.Where(x => x > 0).OrderDescending().Take(5), left.TopK(5).Values.ToArray().OrderDescending());
            Assert.Equal(a.Select(x => x >= .5f ? x : 0), left.Prune(SparsePruning.AbsValue(.5)).ToDense());
            Assert.InRange(left.Cosine(right), 0, 1);
            Assert.InRange(left.Cosine(left), 1 - 1e-6f, 1);
        }
    }

    [Fact]
    public void Cosine_NoEntries_IsZero()
    {
        var empty = new SparseVector([], [], 10);

        Assert.Equal(0, empty.Cosine(new SparseVector([1], [1f], 10)));
        Assert.Equal(0, empty.Cosine(empty));
        Assert.Equal(0, empty.Norm);
    }

    [Theory]
    [InlineData(float.Epsilon)]
    [InlineData(1e-30f)]
    [InlineData(1e30f)]
    [InlineData(3e38f)]
    public void Cosine_WeightsOfAnySize_IsThatOfTheirDirections(float weight)
    {
        var vector = new SparseVector([1], [weight], 10);

        Assert.Equal(1, vector.Cosine(vector));
        Assert.Equal(1, vector.Cosine(new SparseVector([1], [1f], 10)));
        Assert.Equal(Math.Sqrt(.5), vector.Cosine(new SparseVector([1, 2], [weight, weight], 10)), 1e-7);
        Assert.Equal(weight, vector.Norm);
    }

    [Fact]
    public void Dot_ProductsBeyondSinglePrecision_IsItsLargestNumber()
    {
        var huge = new SparseVector([1, 2], [3e38f, 3e38f], 10);

        Assert.Equal(float.MaxValue, huge.Dot(huge));
        Assert.Equal(float.MaxValue, huge.Dot(new SparseVector([1], [2f], 10)));
        Assert.Equal(float.MaxValue, huge.Norm);
        Assert.Equal(1, huge.Cosine(huge));
    }

    [Fact]
    public void TopK_EqualWeights_KeepsTheLowerPosition()
    {
        var vector = new SparseVector([1, 2, 3, 4], [1f, 2f, 1f, 1f], 10);

        Assert.Equal(new SparseVector([1, 2], [1f, 2f], 10), vector.TopK(2));
        Assert.Same(vector, vector.TopK(4));
        Assert.Same(vector, vector.Prune(SparsePruning.AbsValue(1)));
    }

    [Theory]
    [InlineData(new[] { 1, 1 }, new[] { 1f, 1f }, "indices")]
    [InlineData(new[] { 2, 1 }, new[] { 1f, 1f }, "indices")]
    [InlineData(new[] { -1, 1 }, new[] { 1f, 1f }, "indices")]
    [InlineData(new[] { 1, 10 }, new[] { 1f, 1f }, "indices")]
    [InlineData(new[] { 1, 2 }, new[] { 1f }, "values")]
    [InlineData(new[] { 1 }, new[] { 0f }, "values")]
    [InlineData(new[] { 1 }, new[] { -1f }, "values")]
    [InlineData(new[] { 1 }, new[] { float.NaN }, "values")]
    [InlineData(new[] { 1 }, new[] { float.PositiveInfinity }, "values")]
    public void Ctor_EntriesBreakARule_NamesTheParameter(int[] indices, float[] values, string parameter) =>
        Assert.Throws<ArgumentException>(parameter, () => new SparseVector(indices, values, 10));

    [Fact]
    public void Members_InvalidArguments_NameTheParameter()
    {
        var vector = new SparseVector([1], [1f], 10);
        var other = new SparseVector([1], [1f], 11);

        Assert.Throws<ArgumentOutOfRangeException>("dimensions", () => new SparseVector([], [], 0));
        Assert.Throws<ArgumentOutOfRangeException>("index", () => vector[-1]);
        Assert.Throws<ArgumentOutOfRangeException>("index", () => vector[10]);
        Assert.Throws<ArgumentNullException>("other", () => vector.Dot(null!));
        Assert.Throws<ArgumentException>("other", () => vector.Dot(other));
        Assert.Throws<ArgumentException>("other", () => vector.Cosine(other));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => vector.TopK(0));
        Assert.Throws<ArgumentException>("dense", () => SparseVector.FromDense([]));
        Assert.Throws<ArgumentException>("dense", () => SparseVector.FromDense([float.NaN]));
    }

    [Fact]
    public void Ctor_CallerChangesItsArraysLater_KeepsItsOwn()
    {
        int[] indices = [1];
        float[] values = [1];
        var vector = new SparseVector(indices, values, 10);
        indices[0] = 5;
        values[0] = -1;

        Assert.Equal(new SparseVector([1], [1f], 10), vector);
    }

    [Fact]
    public void Equals_SameEntries_IsTrueAndHashesAgree()
    {
        var vector = new SparseVector([1], [1f], 10);
        var same = new SparseVector([1], [1f], 10);

        Assert.True(vector.Equals((object)same));
        Assert.Equal(vector.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(vector, new SparseVector([1], [1f], 11));
        Assert.NotEqual(vector, new SparseVector([2], [1f], 10));
        Assert.NotEqual(vector, new SparseVector([1], [2f], 10));
        Assert.False(vector.Equals(null));
    }

    private static double Share(SparseVector part, SparseVector whole) => part.Values.ToArray().Sum() / whole.Values.ToArray().Sum();

    [Fact]
    public void ToDense_HashedWords_SaysThatNoArrayIsSoLong() => Assert.Contains(
        "2147483647 dimensions",
        Assert.Throws<InvalidOperationException>(() => new SparseVector([1], [1], int.MaxValue).ToDense()).Message,
        StringComparison.Ordinal);
}
