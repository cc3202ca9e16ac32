using Splade.AI;
using Splade.Benchmarks.Encoding;

namespace Splade.Benchmarks.Tests.Encoding;

public sealed class AgreementTests
{
    private static readonly SparseVector Expected = new([1, 4, 7], [0.5f, 1f, 5e-6f], 10);

    [Fact]
    public void Of_NegligibleEntryGone_IsSame() => Assert.True(Compare(new SparseVector([1, 4], [0.5f, 1.00001f], 10)).IsSame);

    [Fact]
    public void Of_EntryGone_IsNotSame()
    {
        Agreement found = Compare(new SparseVector([4], [1f], 10));
        Assert.Equal(1, found.EntriesApart);
        Assert.False(found.IsSame);
    }

    [Fact]
    public void Of_ValueOverTheTolerance_IsNotSame()
    {
        Agreement found = Compare(new SparseVector([1, 4], [0.5f, 1.001f], 10));
        Assert.Equal(0.001f, found.LargestDifference, 1e-6);
        Assert.False(found.IsSame);
        Assert.InRange(found.MeanCosine, 0.9999, 1);
    }

    private static Agreement Compare(SparseVector actual) => Agreement.Of([Expected], [actual]);
}
