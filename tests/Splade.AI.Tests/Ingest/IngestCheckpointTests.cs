using Splade.AI.Hybrid;
using Splade.AI.Ingest;

namespace Splade.AI.Tests.Ingest;

/// <summary>What a checkpoint must not make a run believe.</summary>
public sealed class IngestCheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CountingGenerator _generator = new();
    private readonly EmbeddedHybridStore _store = Store();

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task RunAsync_DocumentThatWasGoneAndIsBack_IsPutInAgain()
    {
        await RunAsync(_store, [new("a", "1|2"), new("b", "3")]);
        await RunAsync(_store, [new("b", "3")]);
        Assert.Equal(1, await _store.CountAsync());
        IngestProgress back = await RunAsync(_store, [new("a", "1|2"), new("b", "3")]);
        Assert.Equal((2, 1, 2), (back.Added, back.Skipped, back.Documents));
        Assert.Equal(3, await _store.CountAsync());
    }

    [Fact]
    public async Task RunAsync_ChangeThatEndedHalfWayAndWasTakenBack_IsTakenBackInTheStore()
    {
        await RunAsync(_store, [new("a", "1|2"), new("b", "3")]);
        _generator.FailsAt = _generator.Encoded + 2;
        int calls = 0;
        _generator.Told = _ =>
        {
            if (++calls == 3)
            {
                SpinWait.SpinUntil(() => _store.GetAsync("a#1").Result!.Text == "changed", TimeSpan.FromSeconds(10));
            }
        };
        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(_store, [new("a", "changed|and this")], o => o.BatchSize = 1));
        (_generator.FailsAt, _generator.Told) = (int.MaxValue, null);
        Assert.Equal("changed", (await _store.GetAsync("a#1"))!.Text);
        await RunAsync(_store, [new("a", "1|2"), new("b", "3")]);
        Assert.Equal(["1", "2", "3"], (await _store.GetAsync(["a#1", "a#2", "b#1"])).Select(record => record.Text));
    }

    [Fact]
    public async Task RunAsync_MetadataThatReadsTheSame_IsAnother()
    {
        MetadataValue[] lists = [new[] { "a, b" }, new[] { "a", "b" }, new[] { "1" }, new[] { 1 }, "1", MetadataValue.FromList([]), ""];
        foreach (MetadataValue value in lists)
        {
            Assert.Equal(0, (await RunAsync(_store, [new("x", "1", new Dictionary<string, MetadataValue> { ["tags"] = value })])).Skipped);
            Assert.Equal(value, (await _store.GetAsync("x#1"))!.Metadata["tags"]);
        }
    }

    [Fact]
    public async Task RunAsync_ShortFileOfOthers_IsRefusedAndLeftAsItIs()
    {
        string file = _folder.PathOf("done");
        await File.WriteAllTextAsync(file, "mine");
        await Assert.ThrowsAsync<InvalidDataException>(() => RunAsync(_store, [new("a", "1")]));
        Assert.Equal("mine", await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task RunAsync_CheckpointOfAnotherStore_IsNotBelieved()
    {
        await RunAsync(_store, [new("a", "1|2"), new("b", "3")]);
        using EmbeddedHybridStore other = Store();
        await RunAsync(other, [new("c", "4")], o => o.Checkpoint = null);
        IngestProgress run = await RunAsync(other, [new("a", "1|2"), new("b", "3")], o => o.RemoveMissing = false);
        Assert.Equal((0, 3), (run.Skipped, run.Added));
        Assert.Equal(2, (await RunAsync(other, [new("a", "1|2"), new("b", "3")])).Skipped);
    }

    [Fact]
    public async Task RunAsync_Progress_IsToldOneAfterTheOtherAndNeverGoesBack()
    {
        var all = new List<long>();
        int inside = 0;
        await RunAsync(_store, [.. Enumerable.Range(0, 60).Select(i => new IngestDocument($"{i}", "a"))], o => (o.BatchSize, o.Writers) = (1, 4), new Told(told =>
        {
            Assert.Equal(1, Interlocked.Increment(ref inside));
            Thread.Sleep(1);
            all.Add(told.Documents);
            Interlocked.Decrement(ref inside);
        }));
        Assert.Equal(all.Order(), all);
        Assert.Equal(60, all[^1]);
    }

    private static EmbeddedHybridStore Store() => EmbeddedHybridStore.CreateInMemory(new HybridSchema(VectorField.Dense("d", 2)));

    private Task<IngestProgress> RunAsync(
        EmbeddedHybridStore store, IngestDocument[] documents, Action<IngestOptions>? configure = null, IProgress<IngestProgress>? progress = null)
    {
        var options = new IngestOptions
        {
            Split = document => document.Text.Split('|'),
            Encoders = 1,
            Writers = 1,
            Checkpoint = _folder.PathOf("done"),
            RemoveMissing = true,
        };
        configure?.Invoke(options);
        return new IngestPipeline(store, new HybridRetriever(store, new HybridLeg("d", _generator)), options).RunAsync(documents.ToAsyncEnumerable(), progress);
    }

    private sealed class Told(Action<IngestProgress> told) : IProgress<IngestProgress>
    {
        public void Report(IngestProgress value) => told(value);
    }
}
