using Splade.AI.Onnx;

namespace Splade.AI.Tests.Onnx;

public sealed class WorkerPlanTests
{
    [Theory]
    [InlineData(1, null, null, 1, 1, 1)]
    [InlineData(2, null, null, 2, 2, 1)]
    [InlineData(16, null, null, 16, 16, 1)]
    [InlineData(16, null, 1, 1, 16, 16)]
    [InlineData(16, null, 4, 4, 16, 4)]
    [InlineData(16, 4, null, 4, 4, 4)]
    [InlineData(16, 16, null, 2, 16, 16)]
    [InlineData(16, 3, 7, 7, 3, 3)]
    public void For_WhatTheUserSays_FillsInTheRest(int processors, int? threads, int? runs, int expectedRuns, int expectedThreads, int expectedBusyThreads) =>
        Assert.Equal(new WorkerPlan(expectedRuns, expectedThreads, expectedBusyThreads, IsAutomatic: threads is null), WorkerPlan.For(processors, threads, runs));
}
