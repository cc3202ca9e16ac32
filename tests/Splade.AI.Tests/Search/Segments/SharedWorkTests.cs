using Splade.AI.Search;
using Splade.AI.Search.Segments;

namespace Splade.AI.Tests.Search.Segments;

public sealed class SharedWorkTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Search_CancelledInTheMiddle_IsCancelledWhateverTheThreads(int threads)
    {
        using var cancellation = new CancellationTokenSource();
        int searched = 0;
        var best = new BestRows(1, new SearchThreshold(0));
        void Search(IEnumerable<int> work, BestRows mine)
        {
            foreach (int piece in work)
            {
                if (Interlocked.Increment(ref searched) == 10)
                {
                    cancellation.Cancel();
                }
            }
        }

        Assert.ThrowsAny<OperationCanceledException>(
            () => SharedWork.Search([.. Enumerable.Range(0, 100_000)], threads, best, Search, cancellation.Token));
        Assert.InRange(searched, 10, 99_999);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Search_AnyThreads_SearchesEachPieceOnce(int threads)
    {
        var best = new BestRows(5_000, new SearchThreshold(0));
        SharedWork.Search(
            [.. Enumerable.Range(1, 1_000)],
            threads,
            best,
            (work, mine) =>
            {
                foreach (int piece in work)
                {
                    mine.Offer(piece, piece);
                }
            },
            CancellationToken.None);
        Assert.Equal(Enumerable.Range(1, 1_000).Reverse().Select(piece => (long)piece), best.Drain().Select(row => row.Position));
    }
}
