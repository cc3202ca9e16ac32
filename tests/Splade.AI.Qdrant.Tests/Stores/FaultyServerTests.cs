using System.Text.Json;
using Splade.AI.Hybrid;
using Splade.AI.Qdrant.Tests.TestDoubles;
using Splade.Testing.Stores;

namespace Splade.AI.Qdrant.Tests.Stores;

/// <summary>A server that fails, forgets to answer and is slow, by order: nothing is lost, and it is asked neither too often nor with too much.</summary>
[Collection(QdrantTests.Name)]
public sealed class FaultyServerTests : IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => QdrantServer.FaultsUnavailable is null ? QdrantServer.OrderFaultsAsync() : Task.CompletedTask;

    [QdrantFact(faults: true)]
    public async Task Upsert_LostAnswersFromManyCallers_LosesNothing()
    {
        await using QdrantHybridStore sut = await OpenAsync();
        HybridRecord[] records = StoreRecords.Make(400);
        await QdrantServer.OrderFaultsAsync(new { every = 5, status = "UNAVAILABLE", when = "after" });
        await QdrantServer.ResetCountsAsync();
        await Task.WhenAll(records.Chunk(25).Select(batch => sut.UpsertAsync(batch)));
        Assert.InRange(await FailuresAsync("Upsert"), 3, 20);
        await QdrantServer.OrderFaultsAsync();
        Assert.Equal(400, await sut.CountAsync());
        Assert.Equal(records[399].Text, (await sut.GetAsync("r399"))!.Text);
    }

    [QdrantFact(faults: true)]
    public async Task Upsert_ManyRecords_GoInBoundedRequestsOfWhichFewAreUnderWay()
    {
        await using QdrantHybridStore sut = await OpenAsync(options =>
        {
            options.MaxBatchBytes = 20_000;
            options.MaxConcurrentWrites = 3;
        });
        await QdrantServer.ResetCountsAsync();
        await QdrantServer.OrderFaultsAsync(new { delay_ms = 30 });
        await Task.WhenAll(sut.UpsertAsync(StoreRecords.Make(300)), sut.UpsertAsync(StoreRecords.Make(300, seed: 2)));
        await QdrantServer.OrderFaultsAsync();
        JsonElement counts = await QdrantServer.CountsAsync();
        Assert.InRange(counts.GetProperty("calls").GetProperty("Upsert").GetInt32(), 10, 60);
        Assert.InRange(counts.GetProperty("largest_bytes").GetProperty("Upsert").GetInt32(), 15_000, 20_200);
        Assert.InRange(counts.GetProperty("most_running").GetInt32(), 2, 3);
        Assert.Equal(300, await sut.CountAsync());
    }

    [QdrantFact(faults: true)]
    public async Task Delete_LostAnswer_SaysHowManyThereWere()
    {
        await using QdrantHybridStore sut = await OpenAsync();
        await sut.UpsertAsync(StoreRecords.Make(20));
        await QdrantServer.OrderFaultsAsync(new { every = 1, times = 1, status = "UNAVAILABLE", when = "after", methods = new[] { "Delete" } });
        await QdrantServer.ResetCountsAsync();
        Assert.Equal(2, await sut.DeleteAsync(["r1", "r2"]));
        Assert.Equal(1, await FailuresAsync("Delete"));
        Assert.Equal(18, await sut.DeleteAsync(MetadataFilter.All()));
    }

    [QdrantFact(faults: true)]
    public async Task Open_LostAnswerToTheCreation_FindsTheCollection()
    {
        await QdrantServer.OrderFaultsAsync(new { every = 1, times = 1, status = "UNAVAILABLE", when = "after", methods = new[] { "Collections/Create" } });
        await QdrantServer.ResetCountsAsync();
        await using QdrantHybridStore sut = await OpenAsync();

        // The lost one, and the one that found it there.
        Assert.Equal(2, await FailuresAsync("Collections/Create"));
        Assert.Equal(0, await sut.CountAsync());
    }

    [QdrantFact(faults: true)]
    public async Task Search_HybridByRanks_TakesThreeRequestsAndOfOneLegOne()
    {
        await using QdrantHybridStore sut = await OpenAsync();
        await sut.UpsertAsync(StoreRecords.Make(300));
        HybridQueryLeg[] legs = StoreRecords.Query(new Random(1));
        await QdrantServer.ResetCountsAsync();
        await sut.SearchAsync(new HybridQuery { Legs = legs, Candidates = 20 });
        JsonElement calls = (await QdrantServer.CountsAsync()).GetProperty("calls");
        Assert.Equal((2, 1), (calls.GetProperty("QueryBatch").GetInt32(), calls.GetProperty("Get").GetInt32()));
        await QdrantServer.ResetCountsAsync();
        await sut.SearchAsync(new HybridQuery { Legs = [legs[2]] });
        calls = (await QdrantServer.CountsAsync()).GetProperty("calls");
        Assert.Equal("""{"QueryBatch":1}""", calls.GetRawText().Replace(" ", "", StringComparison.Ordinal));
    }

    private static async Task<int> FailuresAsync(string method) =>
        (await QdrantServer.CountsAsync()).GetProperty("failed").GetProperty(method).GetInt32();

    private static async Task<QdrantHybridStore> OpenAsync(Action<QdrantHybridStoreOptions>? configure = null)
    {
        QdrantHybridStoreOptions options = await QdrantServer.OptionsAsync();
        options.Schema = StoreRecords.Schema;
        options.MaxRetries = 8;
        configure?.Invoke(options);
        return await QdrantHybridStore.OpenAsync(options);
    }
}
