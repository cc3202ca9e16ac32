using Splade.AI.Hybrid;
using Splade.AI.Ingest;
using Splade.AI.Tests.TestDoubles;

namespace Splade.AI.Tests.Ingest;

/// <summary>Documents through all stages into a store: once each, whatever ends a run.</summary>
public sealed class IngestPipelineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CountingGenerator _generator = new();
    private readonly EmbeddedHybridStore _store = EmbeddedHybridStore.CreateInMemory(new HybridSchema(VectorField.Dense("d", 2)));

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task RunAsync_Again_EncodesNothing()
    {
        IngestProgress first = await Sut().RunAsync(Documents(100));
        Assert.Equal((100, 300, 0), (first.Documents, first.Added, first.Unchanged));
        IngestProgress again = await Sut().RunAsync(Documents(100));
        Assert.Equal((100, 0, 300), (again.Documents, again.Added, again.Unchanged));
        Assert.Equal(300, _generator.Encoded);
        Assert.Equal(300, await _store.CountAsync());
        HybridRecord record = (await _store.GetAsync("doc7#2"))!;
        Assert.Equal(("b of 7", "doc7"), (record.Text, record.Metadata["document"].AsString()));
    }

    [Fact]
    public async Task RunAsync_DocumentsThatChanged_LosesPassagesOfBefore()
    {
        await Sut().RunAsync(Documents(10));
        IngestProgress changed = await Sut().RunAsync(Of(new("doc3", "a of 3|changed"), new("doc4", ""), new("doc5", "a of 5|b of 5|c of 5|d")));
        Assert.Equal((3, 2, 4), (changed.Documents, changed.Added, changed.Removed));
        Assert.Equal(["doc3#1", "doc3#2"], await IdsOfAsync("doc3"));
        Assert.Empty(await IdsOfAsync("doc4"));
        Assert.Equal(4, (await IdsOfAsync("doc5")).Length);
        Assert.Equal("changed", (await _store.GetAsync("doc3#2"))!.Text);
    }

    // As a deletion leaves it that ended in the middle.
    [Fact]
    public async Task RunAsync_DocumentWhoseFirstPassagesAreGone_LosesTheOthersOfBefore()
    {
        await Sut().RunAsync(Documents(2));
        await _store.DeleteAsync(["doc1#1"]);
        IngestProgress run = await Sut().RunAsync(Of(new IngestDocument("doc1", "other")));
        Assert.Equal((1, 2), (run.Added, run.Removed));
        Assert.Equal(["doc1#1"], await IdsOfAsync("doc1"));
    }

    [Fact]
    public async Task RunAsync_DocumentTwice_TheLastStays()
    {
        await Sut(o => o.BatchSize = 2).RunAsync(Of(new("a", "1|2|3"), new("b", "x"), new("a", "4"), new("a", "5|6")));
        Assert.Equal(["5", "6"], (await _store.GetAsync(["a#1", "a#2", "a#3"])).Select(record => record.Text));
    }

    [Fact]
    public async Task RunAsync_DocumentsThatAreGone_AreTakenOutIfAskedFor()
    {
        await Sut().RunAsync(Documents(5));
        Assert.Equal(0, (await Sut().RunAsync(Documents(3))).Removed);
        IngestProgress run = await Sut(o => o.RemoveMissing = true).RunAsync(Documents(3));
        Assert.Equal(6, run.Removed);
        Assert.Equal(9, await _store.CountAsync());
    }

    [Fact]
    public async Task RunAsync_Checkpoint_PassesOverWhatIsDoneWithoutAsking()
    {
        string file = _folder.PathOf("done");
        await Sut(o => o.Checkpoint = file).RunAsync(Documents(50));
        int before = _generator.Encoded;
        IngestProgress again = await Sut(o => o.Checkpoint = file).RunAsync(Documents(60));
        Assert.Equal((60, 50, 30, 0), (again.Documents, again.Skipped, again.Added, again.Unchanged));
        Assert.Equal(before + 30 + 1, _generator.Encoded);

        // Another content, and then the first one again, are not what was done last.
        await Sut(o => o.Checkpoint = file).RunAsync(Of(new IngestDocument("doc1", "other")));
        await Sut(o => o.Checkpoint = file).RunAsync(Documents(2));
        Assert.Equal("a of 1", (await _store.GetAsync("doc1#1"))!.Text);

        // Of an empty store it is not believed.
        await _store.DeleteAsync(MetadataFilter.All());
        Assert.Equal((0, 150), ((await Sut(o => o.Checkpoint = file).RunAsync(Documents(50))).Skipped, await _store.CountAsync()));
    }

    [Fact]
    public async Task RunAsync_CheckpointTornOrForeign_IsCutOrRefused()
    {
        string file = _folder.PathOf("done");
        await Sut(o => o.Checkpoint = file).RunAsync(Documents(20));
        byte[] whole = await File.ReadAllBytesAsync(file);
        foreach (int length in new[] { whole.Length - 1, whole.Length - 30, 20, 3, 0 })
        {
            await File.WriteAllBytesAsync(file, whole[..length]);
            IngestProgress run = await Sut(o => o.Checkpoint = file).RunAsync(Documents(20));
            Assert.Equal(Math.Max(0, (length - 16) / 49), run.Skipped);
            Assert.Equal((20, 0), (run.Documents, run.Added));
        }

        await File.WriteAllTextAsync(file, "something that somebody wrote");
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => Sut(o => o.Checkpoint = file).RunAsync(Documents(1)));
        Assert.Contains("Choose another file", error.Message, StringComparison.Ordinal);
        Assert.Equal("something that somebody wrote", await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task RunAsync_EncoderThatFails_ThrowsItsErrorAndIsResumed()
    {
        _generator.FailsAt = 200;
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Sut().RunAsync(Documents(1000)));
        Assert.Equal("no model", error.Message);
        _generator.FailsAt = int.MaxValue;
        int before = _generator.Encoded;
        long stored = await _store.CountAsync();
        Assert.True(stored > 0);
        IngestProgress run = await Sut().RunAsync(Documents(1000));
        Assert.Equal(3000 - stored, run.Added);
        Assert.Equal(3000, await _store.CountAsync());
        Assert.True(_generator.Encoded - before <= 3000 - stored);
    }

    [Fact]
    public async Task RunAsync_SlowEncoder_HoldsTheSourceBack()
    {
        var gate = new TaskCompletionSource();
        _generator.Gate = gate.Task;
        int read = 0;
        Task<IngestProgress> run = Sut(o => (o.Window, o.BatchSize) = (12, 3)).RunAsync(Counted(Documents(10_000)));
        await Task.Delay(200);

        // Batches of one document: four are on their way, and the next waits.
        Assert.InRange(Volatile.Read(ref read), 1, 5);
        gate.SetResult();
        Assert.Equal(10_000, (await run).Documents);

        async IAsyncEnumerable<IngestDocument> Counted(IAsyncEnumerable<IngestDocument> documents)
        {
            await foreach (IngestDocument document in documents)
            {
                Interlocked.Increment(ref read);
                yield return document;
            }
        }
    }

    [Theory]
    [InlineData(1, 64)]
    [InlineData(5, 2)]
    [InlineData(7, 7)]
    public async Task RunAsync_StuckWriter_EncodesNoMoreThanTheWindow(int window, int batchSize)
    {
        await using var stuck = new StuckHybridStore(_store.Schema);
        var options = new IngestOptions { Window = window, BatchSize = batchSize, Encoders = 4, Writers = 3 };
        var pipeline = new IngestPipeline(stuck, new HybridRetriever(stuck, new HybridLeg("d", _generator)), options);
        using var stop = new CancellationTokenSource();
        Task<IngestProgress> run = pipeline.RunAsync(Documents(1000), cancellationToken: stop.Token);
        await stuck.Reached;
        await Task.Delay(100);
        Assert.InRange(_generator.Encoded, 1, window);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    [Fact]
    public async Task RunAsync_Cancelled_EndsSoonAndKeepsWhatWasStored()
    {
        using var stop = new CancellationTokenSource();
        var progress = new Told(told =>
        {
            if (told.Documents > 100)
            {
                stop.Cancel();
            }
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Sut().RunAsync(Documents(100_000), progress, stop.Token).WaitAsync(TimeSpan.FromMinutes(1)));
        long stored = await _store.CountAsync();
        Assert.InRange(stored, 300, 30_000);
        Assert.Equal(stored, (await Sut().RunAsync(Documents(10_000))).Unchanged);
    }

    [Fact]
    public async Task RunAsync_Progress_TellsCountRateAndTimeLeft()
    {
        var all = new List<IngestProgress>();
        IngestProgress end = await Sut(o => o.Total = 100).RunAsync(Documents(100), new Told(told =>
        {
            lock (all)
            {
                all.Add(told);
            }
        }));
        Assert.Equal(100, all.Max(told => told.Documents));
        Assert.All(all.Where(told => told.Documents > 0), told => Assert.NotNull(told.TimeLeft));
        Assert.Equal(TimeSpan.Zero, end.TimeLeft);
        Assert.True(end.PassagesPerSecond > 0);
        var half = new IngestProgress { Documents = 60, Skipped = 10, Added = 100, Total = 110, Elapsed = TimeSpan.FromSeconds(10) };
        Assert.Equal((10d, TimeSpan.FromSeconds(10)), (half.PassagesPerSecond, half.TimeLeft));
    }

    [Fact]
    public async Task RunAsync_WrongDocuments_AreNamed()
    {
        await Assert.ThrowsAsync<ArgumentException>("documents", () => Sut().RunAsync(Of((IngestDocument)null!)));
        var document = new IngestDocument("a", "a", new Dictionary<string, MetadataValue> { ["document"] = "x" });
        var error = await Assert.ThrowsAsync<ArgumentException>("document", () => Sut().RunAsync(Of(document)));
        Assert.Contains("DocumentField", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await Sut(o => o.DocumentField = "from").RunAsync(Of(document))).Added);
        Assert.Throws<ArgumentException>("id", () => new IngestDocument("", "a"));
        Assert.Throws<ArgumentOutOfRangeException>("Window", () => new IngestOptions { Window = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("BatchSize", () => new IngestOptions { BatchSize = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("Writers", () => new IngestOptions { Writers = 0 });
        Assert.Throws<ArgumentException>("DocumentField", () => new IngestOptions { DocumentField = "" });
    }

    private IngestPipeline Sut(Action<IngestOptions>? configure = null)
    {
        var options = new IngestOptions { Split = document => document.Text.Split('|', StringSplitOptions.RemoveEmptyEntries), Window = 128, BatchSize = 16 };
        configure?.Invoke(options);
        return new IngestPipeline(_store, new HybridRetriever(_store, new HybridLeg("d", _generator)), options);
    }

    private async Task<string[]> IdsOfAsync(string document) =>
        [.. (await _store.ListAsync(new() { Filter = MetadataFilter.Equal("document", document) }).ToListAsync()).Select(record => record.Id)];

    private static IAsyncEnumerable<IngestDocument> Documents(int count) => Of([.. Enumerable.Range(0, count).Select(i => new IngestDocument($"doc{i}", $"a of {i}|b of {i}|c of {i}"))]);

    private static async IAsyncEnumerable<IngestDocument> Of(params IngestDocument[] documents)
    {
        foreach (IngestDocument document in documents)
        {
            await Task.Yield();
            yield return document;
        }
    }

    private sealed class Told(Action<IngestProgress> told) : IProgress<IngestProgress>
    {
        public void Report(IngestProgress value) => told(value);
    }
}
