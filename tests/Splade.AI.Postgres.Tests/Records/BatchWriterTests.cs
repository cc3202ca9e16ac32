using Splade.AI.Hybrid;
using Splade.AI.Postgres.Tests.Server;

namespace Splade.AI.Postgres.Tests.Records;

public sealed class BatchWriterTests
{
    [PostgresFact]
    public async Task Upsert_SeveralBatches_KeepTheOrderOfTheRecords()
    {
        await using PostgresHybridStore sut = await TestStore.OpenAsync(o => (o.Schema, o.BatchSize, o.MaxBatchBytes) = (TestStore.Plane, 7, 400));
        string[] ids = [.. Enumerable.Range(0, 40).Select(i => $"{(i * 7) % 40}")];
        await sut.UpsertAsync(ids.Select((id, i) => TestStore.Point(id, i)));
        await sut.UpsertAsync([TestStore.Point("7", 0), TestStore.Point("0", 0), TestStore.Point("7", 1)]);
        Assert.Equal([.. ids.Except(["0", "7"]), "0", "7"], await sut.ListAsync(new HybridListOptions { Parts = HybridRecordParts.None }).Select(record => record.Id).ToListAsync());
    }

    [PostgresFact]
    public async Task Upsert_FailureInALaterBatch_IsMadeGoodByDoingItAgain()
    {
        PostgresHybridStoreOptions options = TestStore.Options(o => (o.Schema, o.BatchSize) = (TestStore.Plane, 5));
        await using PostgresHybridStore sut = await PostgresHybridStore.OpenAsync(options);
        string table = $"\"splade tests\".{options.TableName}";
        await TestServer.ExecuteAsync($"alter table {table} add constraint no check (id <> 'r7')");
        HybridRecord[] records = [.. Enumerable.Range(0, 12).Select(i => TestStore.Point($"r{i}", i))];
        var error = await Assert.ThrowsAsync<HybridStoreException>(() => sut.UpsertAsync(records));
        Assert.Equal("23514", error.Code);
        Assert.Equal(5, await sut.CountAsync());
        await TestServer.ExecuteAsync($"alter table {table} drop constraint no");
        await sut.UpsertAsync(records);
        Assert.Equal(12, await sut.CountAsync());
    }

    [PostgresFact]
    public async Task Members_TenantsInPartitions_SeeTheirOwn()
    {
        PostgresHybridStoreOptions options = TestStore.Options(o => (o.Schema, o.Tenant, o.Partitions) = (TestStore.Plane, "a", 3));
        await using PostgresHybridStore a = await PostgresHybridStore.OpenAsync(options);
        options.Tenant = "b'";
        await using PostgresHybridStore b = await PostgresHybridStore.OpenAsync(options);
        await a.UpsertAsync([TestStore.Point("1", 1), TestStore.Point("2", 2)]);
        await b.UpsertAsync([TestStore.Point("1", 10), TestStore.Point("3", 30)]);
        var query = new HybridQuery { Legs = [new("v", new[] { 1f, 0f })] };
        Assert.Equal([("2", 2f), ("1", 1f)], (await a.SearchAsync(query)).Select(hit => (hit.Record.Id, hit.Score)));
        Assert.Equal([("3", 30f), ("1", 10f)], (await b.SearchAsync(query)).Select(hit => (hit.Record.Id, hit.Score)));
        Assert.Null(await a.GetAsync("3"));
        Assert.Equal(0, await a.DeleteAsync(["3"]));
        Assert.Equal(1, await a.DeleteAsync(["1"]));
        Assert.Equal(1, await a.DeleteAsync(MetadataFilter.All()));
        Assert.Equal(2, await b.CountAsync());
        Assert.Equal(["1", "3"], await b.ListAsync().Select(record => record.Id).ToListAsync());
    }

    [PostgresFact]
    public async Task Upsert_PartitionsById_HoldAll()
    {
        await using PostgresHybridStore sut = await TestStore.OpenAsync(o => (o.Schema, o.Partitions, o.HnswVectors) = (TestStore.Plane, 4, ["v"]));
        await sut.UpsertAsync(Enumerable.Range(0, 50).Select(i => TestStore.Point($"r{i}", i)));
        await sut.UpsertAsync(Enumerable.Range(0, 50).Select(i => TestStore.Point($"r{i}", i + 1)));
        Assert.Equal(50, await sut.CountAsync());
        Assert.Equal("r49", (await sut.SearchAsync(new HybridQuery { Legs = [new("v", new[] { 1f, 0f })] }))[0].Record.Id);
    }

    [FullServerFact]
    public async Task Upsert_CancelledInTheMiddle_LeavesWholeBatchesAndIsDoneAgain()
    {
        await using PostgresHybridStore sut = await TestStore.OpenAsync(o => (o.Schema, o.BatchSize) = (TestStore.Plane, 50));
        HybridRecord[] records = [.. Enumerable.Range(0, 2000).Select(i => TestStore.Point($"r{i}", i))];
        foreach (int milliseconds in new[] { 20, 60, 120 })
        {
            using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(milliseconds));
            Exception? ended = await Record.ExceptionAsync(() => sut.UpsertAsync(records, models: null, stop.Token));
            Assert.True(ended is null or OperationCanceledException, $"{ended}");
            Assert.Equal(0, await sut.CountAsync() % 50);
        }

        await sut.UpsertAsync(records);
        Assert.Equal(records.Select(record => record.Id), await sut.ListAsync(new HybridListOptions { Parts = HybridRecordParts.None }).Select(record => record.Id).ToListAsync());
    }

    // Each batch by itself locks its rows in one order; two of one writer are two transactions.
    [FullServerFact]
    public async Task Upsert_SameIdsInBatchesOfOppositeOrder_EndsWithOneOfEach()
    {
        PostgresHybridStoreOptions options = TestStore.Options(o => (o.Schema, o.BatchSize, o.Retries) = (TestStore.Plane, 30, 0));
        await using PostgresHybridStore sut = await PostgresHybridStore.OpenAsync(options);
        HybridRecord[] records = [.. Enumerable.Range(0, 60).Select(i => TestStore.Point($"r{i}", i))], back = [.. records.Reverse()];
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async writer =>
        {
            for (int i = 0; i < 5; i++)
            {
                await sut.UpsertAsync(writer % 2 == 0 ? records : back);
            }
        }));
        Assert.Equal(60, await sut.CountAsync());
    }
}
