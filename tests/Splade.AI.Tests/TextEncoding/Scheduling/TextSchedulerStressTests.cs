using Splade.AI.Tests.TestDoubles;
using Splade.AI.TextEncoding;

namespace Splade.AI.Tests.TextEncoding.Scheduling;

/// <summary>Hundreds of calls of all sizes at once, with cancellations and failures at random: each ends as it should, and nothing is left.</summary>
public sealed class TextSchedulerStressTests
{
    /// <summary>Texts with this first token fail wherever they run.</summary>
    private const int Bad = 1 << 20;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    public async Task Calls_WithRandomCancelsAndFailures_AllEndProperly(int seed, int devices)
    {
        TestRunner[] runners = [.. Enumerable.Range(0, devices).Select(i => new TestRunner($"test:{i}", tokenBudget: 128, concurrentRuns: 2)
        {
            OnRun = batch =>
            {
                if (batch.Ids.Contains(Bad))
                {
                    throw new SpladeModelException("bad text", "model");
                }
            },
        })];
        SchedulerHarness sut = SchedulerHarness.WithShortCalls(runners);
        var random = new Random(seed);
        Task[] calls = [.. Enumerable.Range(0, 400).Select(i => CallAsync(sut, i, new Random(random.Next())))];
        await Task.WhenAll(calls).WaitAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(0, sut.Scheduler.HeldTokens);
        Assert.Equal(devices, sut.Scheduler.Devices.Count);
        await sut.Scheduler.CloseAsync();
        Assert.All(runners, r => Assert.True(r.IsDisposed));
    }

    private static async Task CallAsync(SchedulerHarness sut, int call, Random random)
    {
        using var source = new CancellationTokenSource();
        bool cancels = random.Next(4) == 0;
        bool fails = random.Next(10) == 0;
        int count = random.Next(3) == 0 ? random.Next(1, 300) : 1;
        (int Id, int Length)[] texts = [.. Enumerable.Range(0, count).Select(i => ((call * 1000) + i + 1, random.Next(1, 60)))];
        if (fails)
        {
            texts[random.Next(count)].Id = Bad;
        }

        Task<EncodedText<int>[]> work = sut.CallAsync(texts, cancels ? source.Token : CancellationToken.None);
        if (cancels)
        {
            for (int i = random.Next(200); i > 0; i--)
            {
                await Task.Yield();
            }

            await source.CancelAsync();
        }

        try
        {
            SchedulerHarness.AssertResults(texts, await work);
            Assert.False(fails);
        }
        catch (OperationCanceledException e)
        {
            Assert.True(cancels);
            Assert.Equal(source.Token, e.CancellationToken);
        }
        catch (SpladeModelException)
        {
            Assert.True(fails);
        }
    }
}
