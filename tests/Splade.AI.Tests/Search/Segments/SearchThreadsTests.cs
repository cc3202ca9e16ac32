using Splade.AI.Search.Segments;

namespace Splade.AI.Tests.Search.Segments;

public sealed class SearchThreadsTests
{
    [Fact]
    public void Run_Alone_TakesAllThreadsUnlessItMayNotShare()
    {
        var sut = new SearchThreads(7);
        Assert.Equal(7, sut.Run(mayShare: true, threads => threads, CancellationToken.None));
        Assert.Equal(1, sut.Run(mayShare: false, threads => threads, CancellationToken.None));
    }

    [Fact]
    public void Run_WithinAnother_DoesNotWait()
    {
        var sut = new SearchThreads(7);
        Assert.Equal(SearchThreads.MostAtOnce + 5, Nested(SearchThreads.MostAtOnce + 5));

        int Nested(int depth) => depth == 0 ? 0 : sut.Run(mayShare: true, _ => 1 + Nested(depth - 1), CancellationToken.None);
    }

    [Fact]
    public async Task Run_ManyAtOnce_NeverMoreThanThereArePlaces()
    {
        var sut = new SearchThreads(1);
        int running = 0, most = 0, done = 0;
        Task[] callers = [.. Enumerable.Range(0, 64).Select(_ => Task.Factory.StartNew(
            () =>
            {
                for (int i = 0; i < 20; i++)
                {
                    sut.Run(
                        mayShare: true,
                        _ =>
                        {
                            InterlockedMax(ref most, Interlocked.Increment(ref running));
                            Thread.SpinWait(500);
                            Interlocked.Decrement(ref running);
                            return Interlocked.Increment(ref done);
                        },
                        CancellationToken.None);
                }
            },
            TaskCreationOptions.LongRunning))];
        await Task.WhenAll(callers);
        Assert.Equal(64 * 20, done);
        Assert.InRange(most, 1, SearchThreads.MostAtOnce);
    }

    [Fact]
    public async Task Run_CancelledWhileItWaits_LeavesThePlaceToOthers()
    {
        var sut = new SearchThreads(1);
        using var release = new ManualResetEventSlim();
        using var started = new CountdownEvent(SearchThreads.MostAtOnce);
        Task<int>[] holders = [.. Enumerable.Range(0, SearchThreads.MostAtOnce).Select(i => Task.Factory.StartNew(
            () => sut.Run(
                mayShare: false,
                _ =>
                {
                    started.Signal();
                    release.Wait();
                    return i;
                },
                CancellationToken.None),
            TaskCreationOptions.LongRunning))];
        started.Wait();
        using var cancel = new CancellationTokenSource(20);
        Assert.ThrowsAny<OperationCanceledException>(() => sut.Run(mayShare: false, _ => 0, cancel.Token));

        // One that waits too long runs all the same.
        Assert.Equal(5, sut.Run(mayShare: false, _ => 5, CancellationToken.None));
        release.Set();
        Assert.Equal(Enumerable.Range(0, SearchThreads.MostAtOnce), await Task.WhenAll(holders));
        Assert.Equal(6, sut.Run(mayShare: false, _ => 6, CancellationToken.None));
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int known = Volatile.Read(ref target);
        while (value > known)
        {
            int found = Interlocked.CompareExchange(ref target, value, known);
            if (found == known)
            {
                return;
            }

            known = found;
        }
    }
}
