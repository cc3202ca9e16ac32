namespace Splade.AI.Tests.Vectors;

public sealed class SparseVectorMaximumTests
{
    [Fact]
    public void Max_RandomVectors_EqualsTheDenseMaximum()
    {
        var random = new RandomVectors(seed: 20260704, dimensions: 30);
        for (int round = 0; round < 500; round++)
        {
            SparseVector left = random.Next();
            SparseVector right = random.Next();
            float[] expected = [.. left.ToDense().Zip(right.ToDense(), Math.Max)];
            Assert.Equal(SparseVector.FromDense(expected), left.Max(right));
            Assert.Equal(left.Max(right), right.Max(left));
        }
    }

    [Fact]
    public void Max_WithItselfOrNothing_IsTheVector()
    {
        var vector = new SparseVector([0, 29], [1f, 2f], 30);
        var empty = new SparseVector([], [], 30);
        Assert.Equal(vector, vector.Max(vector));
        Assert.Equal(vector, vector.Max(empty));
        Assert.Equal(empty, empty.Max(empty));
    }

    [Fact]
    public void Max_AnotherSpace_IsRefused()
    {
        var vector = new SparseVector([0], [1f], 30);
        Assert.Throws<ArgumentNullException>("other", () => vector.Max(null!));
        Assert.Throws<ArgumentException>("other", () => vector.Max(new SparseVector([0], [1f], 31)));
    }
}
