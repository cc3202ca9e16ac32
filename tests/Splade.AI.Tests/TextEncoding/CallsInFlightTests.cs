using Splade.AI.TextEncoding;

namespace Splade.AI.Tests.TextEncoding;

public sealed class CallsInFlightTests
{
    [Fact]
    public async Task CloseAsync_WithCalls_WaitsForTheLast()
    {
        var calls = new CallsInFlight(typeof(string));
        CallsInFlight.Call first = calls.Enter();
        CallsInFlight.Call second = calls.Enter();
        Task closed = calls.CloseAsync();
        first.Dispose();
        Assert.False(closed.IsCompleted);
        second.Dispose();
        await closed;
    }

    [Fact]
    public async Task Enter_Closed_ThrowsWithTheOwnersName()
    {
        var calls = new CallsInFlight(typeof(string));
        await calls.CloseAsync();
        await calls.CloseAsync();
        Assert.Equal("System.String", Assert.Throws<ObjectDisposedException>(() => calls.Enter()).ObjectName);
    }
}
