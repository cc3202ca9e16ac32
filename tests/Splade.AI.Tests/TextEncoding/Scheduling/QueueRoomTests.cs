using Splade.AI.Tests.TestDoubles;
using Splade.AI.TextEncoding.Scheduling;

namespace Splade.AI.Tests.TextEncoding.Scheduling;

public sealed class QueueRoomTests
{
    private readonly QueueRoom<int> _sut = new(bound: 100);
    private readonly ScheduledCall<int>[] _calls;

    public QueueRoomTests()
    {
        TextScheduler<int> scheduler = new SchedulerHarness(new TestRunner()).Scheduler;
        _calls = [.. Enumerable.Range(0, 4).Select(_ => scheduler.Begin(1, CancellationToken.None))];
    }

    [Fact]
    public void Take_OneCall_GetsHalf()
    {
        Assert.Null(_sut.Take(_calls[0], 50));
        Assert.False(_sut.Take(_calls[0], 1)!.IsCompleted);
        Assert.Null(_sut.Take(_calls[1], 50));
        Assert.Equal(100, _sut.Held);
    }

    [Fact]
    public void Release_ServesTheOneThatHoldsLeastAndAmongEqualsTheFirst()
    {
        Assert.Null(_sut.Take(_calls[0], 50));
        Assert.Null(_sut.Take(_calls[1], 50));
        Task bulk = _sut.Take(_calls[0], 10)!;
        Task first = _sut.Take(_calls[2], 10)!;
        Task second = _sut.Take(_calls[3], 10)!;
        _sut.Release(_calls[0], 15);
        Assert.Equal((false, true, false), (bulk.IsCompleted, first.IsCompleted, second.IsCompleted));
        _sut.Release(_calls[0], 5);
        Assert.Equal((false, true), (bulk.IsCompleted, second.IsCompleted));
        _sut.Release(_calls[1], 10);
        Assert.True(bulk.IsCompleted);
        Assert.Equal(100, _sut.Held);
    }

    [Fact]
    public void Release_NobodyOvertakesTheNext()
    {
        Assert.Null(_sut.Take(_calls[0], 50));
        Assert.Null(_sut.Take(_calls[1], 40));
        Task large = _sut.Take(_calls[2], 30)!;
        Task small = _sut.Take(_calls[3], 5)!;
        Assert.False(large.IsCompleted || small.IsCompleted);
        _sut.Release(_calls[0], 20);
        Assert.True(large.IsCompleted);
        Assert.False(small.IsCompleted);
    }

    [Fact]
    public void Leave_WhileWaiting_EndsTheWaitAndGivesAllBack()
    {
        Assert.Null(_sut.Take(_calls[0], 50));
        Task waiting = _sut.Take(_calls[0], 50)!;
        _sut.Leave(_calls[0]);
        Assert.True(waiting.IsCompleted);
        Assert.Equal(0, _sut.Held);
    }

    [Fact]
    public void Take_MoreThanTheBound_IsGivenOnceNothingElseIsHeld()
    {
        Assert.Null(_sut.Take(_calls[0], 5));
        Task huge = _sut.Take(_calls[1], 500)!;
        Assert.False(huge.IsCompleted);
        _sut.Release(_calls[0], 5);
        Assert.True(huge.IsCompleted);
    }
}
