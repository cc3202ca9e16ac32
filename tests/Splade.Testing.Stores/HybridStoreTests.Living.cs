using Splade.AI;
using Splade.AI.Hybrid;

namespace Splade.Testing.Stores;

/// <content>Models, restarts, many callers, cancellation.</content>
public abstract partial class HybridStoreTests<TFixture>
{
    private static readonly HybridModels Models = new()
    {
        Sparse = new Dictionary<string, SparseModelIdentity> { ["splade"] = new() { ModelName = "splade-a", Dimensions = StoreRecords.SparseSize } },
        Dense = new Dictionary<string, DenseModelIdentity> { ["meaning"] = new() { ModelName = "mini", Dimensions = StoreRecords.DenseSize } },
    };

    [StoreFact]
    public async Task Members_VectorsOfAnotherModel_AreRefusedByName()
    {
        HybridRecord[] records = StoreRecords.Make(5);
        IHybridStore sut = await OpenAsync();
        await sut.UpsertAsync(records, Models);
        HybridModels known = await sut.GetModelsAsync();
        Assert.Equal("splade-a", known.Sparse["splade"].ModelName);
        Assert.Equal("mini", known.Dense["meaning"].ModelName);
        var others = new HybridModels { Sparse = Models.Sparse, Dense = new Dictionary<string, DenseModelIdentity> { ["meaning"] = new() { ModelName = "maxi" } } };
        var error = await Assert.ThrowsAsync<ArgumentException>(() => sut.UpsertAsync([With(records[0], id: "new")], others));
        Assert.Contains("'mini' instead of 'maxi'", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => sut.SearchAsync(new HybridQuery { Legs = StoreRecords.Query(new Random(1)), Models = others }));
        Assert.Equal(5, await sut.CountAsync());
        Assert.NotEmpty(await sut.SearchAsync(new HybridQuery { Legs = StoreRecords.Query(new Random(1)), Models = Models }));
        Assert.NotEmpty(await sut.SearchAsync(new HybridQuery { Legs = StoreRecords.Query(new Random(1)) }));
    }

    [StoreFact]
    public async Task Open_Again_HasWhatWasWritten()
    {
        HybridRecord[] records = StoreRecords.Make(50);
        IHybridStore first = await OpenAsync();
        await first.UpsertAsync(records, Models);
        await first.DeleteAsync(["r7"]);
        string[] listed = await IdsAsync(first);
        await first.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => first.CountAsync());
        IHybridStore sut = await OpenAsync();
        if (!fixture.Persists)
        {
            Assert.Equal(0, await sut.CountAsync());
            return;
        }

        Assert.Equal(listed, await IdsAsync(sut));
        AssertSame(records[9], (await sut.GetAsync("r9"))!, sut.Features.KeepsVectorBits);
        Assert.Equal("mini", (await sut.GetModelsAsync()).Dense["meaning"].ModelName);
        using EmbeddedHybridStore embedded = await EmbeddedAsync(records.Where(record => record.Id != "r7"));
        await AssertSameHitsAsync(sut, embedded, new HybridQuery { Legs = StoreRecords.Query(new Random(2)) });
    }

    [StoreFact]
    public async Task Open_WithOtherVectors_IsRefusedByName()
    {
        IHybridStore first = await FillAsync(StoreRecords.Make(2));
        await first.DisposeAsync();
        if (!fixture.Persists)
        {
            Assert.Equal(0, await (await OpenAsync(HybridSchema.Default)).CountAsync());
            return;
        }

        foreach (VectorField[] others in new VectorField[][]
        {
            [VectorField.Sparse("splade", StoreRecords.SparseSize), VectorField.Sparse("words", StoreRecords.SparseSize), VectorField.Dense("meaning", 9)],
            [VectorField.Sparse("splade", StoreRecords.SparseSize), VectorField.Sparse("words", 501), VectorField.Dense("meaning", StoreRecords.DenseSize)],
            [VectorField.Sparse("splade", StoreRecords.SparseSize), VectorField.Sparse("words", StoreRecords.SparseSize), VectorField.Dense("meaning", StoreRecords.DenseSize, SimilarityFunction.Dot)],
            [VectorField.Sparse("splade", StoreRecords.SparseSize), VectorField.Dense("words", StoreRecords.DenseSize), VectorField.Dense("meaning", StoreRecords.DenseSize)],
            [VectorField.Sparse("splade", StoreRecords.SparseSize), VectorField.Sparse("terms", StoreRecords.SparseSize), VectorField.Dense("meaning", StoreRecords.DenseSize)],
        })
        {
            Exception error = await Assert.ThrowsAnyAsync<Exception>(() => OpenAsync(new HybridSchema(others)));
            Assert.True(error is HybridStoreException or IOException, error.ToString());
            Assert.True(error.Message.Contains("words", StringComparison.Ordinal) || error.Message.Contains("meaning", StringComparison.Ordinal), error.Message);
        }
    }

    [StoreFact]
    public async Task Members_SixtyFourCallers_LoseNothing()
    {
        IHybridStore sut = await OpenAsync();
        HybridRecord[] records = StoreRecords.Make(64 * 8);
        await Task.WhenAll(records.Chunk(8).Select(async (batch, caller) =>
        {
            await sut.UpsertAsync(batch);
            Assert.Equal(batch.Select(record => record.Text), (await sut.GetAsync(batch.Select(record => record.Id))).Select(record => record.Text));
            await sut.UpsertAsync([With(batch[0], text: $"changed by {caller}")]);
            Assert.Equal(1, await sut.DeleteAsync([batch[7].Id]));
            HybridQueryLeg leg = new("splade", batch[1].Vectors["splade"]);
            Assert.Equal(batch[1].Id, (await sut.SearchAsync(new HybridQuery { Legs = [leg] }))[0].Record.Id);
        }));
        Assert.Equal(64 * 7, await sut.CountAsync());
        Assert.Equal("changed by 3", (await sut.GetAsync("r24"))!.Text);
    }

    [StoreFact]
    public async Task Upsert_SameIdFromManyCallers_LeavesOneOfThemWhole()
    {
        IHybridStore sut = await OpenAsync();
        HybridRecord[] versions = [.. StoreRecords.Make(32).Select(record => With(record, id: "one"))];
        await Task.WhenAll(versions.Select(version => sut.UpsertAsync([version])));
        Assert.Equal(1, await sut.CountAsync());
        HybridRecord found = (await sut.GetAsync("one"))!;
        AssertSame(versions.Single(version => version.Text == found.Text), found, sut.Features.KeepsVectorBits);
    }

    [StoreFact]
    public async Task Members_CancelledToken_ThrowAndChangeNothing()
    {
        HybridRecord[] records = StoreRecords.Make(3);
        IHybridStore sut = await FillAsync(records[..2]);
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sut.UpsertAsync([records[2]], models: null, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sut.DeleteAsync(["r0"], cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sut.DeleteAsync(MetadataFilter.All(), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sut.GetAsync(["r0"], HybridRecordParts.All, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sut.SearchAsync(new HybridQuery { Legs = StoreRecords.Query(new Random(1)) }, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sut.CountAsync(filter: null, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await sut.ListAsync(cancellationToken: cancelled).ToListAsync());
        Assert.Equal(2, await sut.CountAsync());
    }
}
