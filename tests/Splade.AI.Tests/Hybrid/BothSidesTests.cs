using Microsoft.Extensions.AI;
using Splade.AI.Hybrid;

namespace Splade.AI.Tests.Hybrid;

public sealed class BothSidesTests
{
    [Fact]
    public async Task EncodeAsync_GeneratorsOfTheirOwn_AreAskedAtOnce()
    {
        // Each waits until the other was asked: one after the other, this would never end.
        using var both = new Barrier(2);
        var sparse = new TestEmbeddingGenerator<SparseEmbedding>
        {
            GenerateCallback = (_, _) => Meet(both, new SparseEmbedding(new SparseVector([1], [1f], 2))),
        };
        var dense = new TestEmbeddingGenerator<Embedding<float>> { GenerateCallback = (_, _) => Meet(both, new Embedding<float>(new float[] { 1 })) };
        var (s, d) = await BothSides.EncodeAsync(
            OnThreadPool(sparse), OnThreadPool(dense), ["a"], EmbeddingInputType.Query, CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal((1, 1), (s!.Count, d!.Count));
    }

    [Fact]
    public async Task EncodeAsync_OneSideFails_EndsTheOtherAndThrowsTheReason()
    {
        var ended = new TaskCompletionSource();
        var sparse = new TestEmbeddingGenerator<SparseEmbedding> { GenerateCallback = (_, _) => [] }.AsBuilder().Use(async (_, _, _, token) =>
        {
            try
            {
                await Task.Delay(Timeout.Infinite, token);
                return [];
            }
            catch (OperationCanceledException)
            {
                ended.SetResult();
                throw;
            }
        }).Build();
        var dense = new TestEmbeddingGenerator<Embedding<float>> { GenerateCallback = (_, _) => throw new InvalidOperationException("no model") };
        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => BothSides.EncodeAsync(sparse, OnThreadPool(dense), ["a"], EmbeddingInputType.Query, CancellationToken.None));
        Assert.Equal("no model", error.Message);
        await ended.Task.WaitAsync(TimeSpan.FromMinutes(1));
    }

    private static GeneratedEmbeddings<TEmbedding> Meet<TEmbedding>(Barrier both, TEmbedding embedding)
        where TEmbedding : Embedding
    {
        Assert.True(both.SignalAndWait(TimeSpan.FromMinutes(1)));
        return [embedding];
    }

    private static IEmbeddingGenerator<string, TEmbedding> OnThreadPool<TEmbedding>(IEmbeddingGenerator<string, TEmbedding> inner)
        where TEmbedding : Embedding =>
        inner.AsBuilder().Use((texts, options, next, token) => Task.Run(() => next.GenerateAsync(texts, options, token), token)).Build();
}
