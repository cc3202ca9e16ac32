using Microsoft.Extensions.AI;
using Splade.AI.Hybrid;

namespace Splade.AI.Tests.Hybrid;

public sealed class LegEncoderTests
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
        EncodedLeg[] legs = await LegEncoder.EncodeAsync(
            [new HybridLeg("s", OnThreadPool(sparse)), new HybridLeg("d", OnThreadPool(dense))], ["a"], EmbeddingInputType.Query, CancellationToken.None)
            .WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal([VectorKind.Sparse, VectorKind.Dense], legs.Select(leg => Assert.Single(leg.Vectors).Kind));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(3, 1)]
    public async Task EncodeAsync_GeneratorsOnOneDevice_AreAskedAtOnceForOneTextOnly(int count, int most)
    {
        var crowd = new Crowd(most);
        HybridLeg[] legs = [.. new[] { "a", "b" }.Select(name => new HybridLeg(name, new OnTheProcessors(crowd)))];
        await LegEncoder.EncodeAsync(legs, [.. Enumerable.Repeat("text", count)], EmbeddingInputType.Query, CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(most, crowd.Most);
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
            () => LegEncoder.EncodeAsync(
                [new HybridLeg("s", sparse), new HybridLeg("d", OnThreadPool(dense))], ["a"], EmbeddingInputType.Query, CancellationToken.None));
        Assert.Equal("no model", error.Message);
        await ended.Task.WaitAsync(TimeSpan.FromMinutes(1));
    }

    /// <summary>Counts who is at work; whoever comes stays until so many came together as should.</summary>
    private sealed class Crowd(int expected)
    {
        private readonly TaskCompletionSource _met = new();
        private int _now;

        public int Most { get; private set; }

        public async Task WorkAsync()
        {
            Most = Math.Max(Most, Interlocked.Increment(ref _now));
            if (Most == expected)
            {
                _met.TrySetResult();
            }

            await _met.Task;
            Interlocked.Decrement(ref _now);
        }
    }

    private sealed class OnTheProcessors(Crowd crowd) : IEmbeddingGenerator<string, Embedding<float>>, IDeviceUser
    {
        public IReadOnlyList<string> Devices => ["cpu"];

        public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            await crowd.WorkAsync();
            return [.. values.Select(_ => new Embedding<float>(new float[] { 1 }))];
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

        public void Dispose()
        {
            // Nothing to free.
        }
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
