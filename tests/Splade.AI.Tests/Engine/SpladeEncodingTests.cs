using Splade.AI.Tokenization;

namespace Splade.AI.Tests.Engine;

public sealed class SpladeEncodingTests
{
    [Fact]
    public void Equals_PassagesOfTheSameContent_AreEqual()
    {
        SpladeEncoding sut = Create(end: 9);
        Assert.Equal(sut, Create(end: 9));
        Assert.Equal(sut.GetHashCode(), Create(end: 9).GetHashCode());
        Assert.NotEqual(sut, Create(end: 8));
        Assert.NotEqual(sut, sut with { Passages = [] });
        Assert.NotEqual(sut, sut with { TokenCount = 4 });
        Assert.NotEqual(sut, sut with { Truncated = true });
        Assert.False(sut.Equals(null));
    }

    private static SpladeEncoding Create(int end)
    {
        SparseVector vector = new([1], [2f], 3);
        return new SpladeEncoding(vector, 5, Truncated: false) { Passages = [new SpladePassage(new TokenOffset(0, end), vector, 5)] };
    }
}
