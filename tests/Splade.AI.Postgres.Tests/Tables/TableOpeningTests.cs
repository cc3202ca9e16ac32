using Splade.AI.Hybrid;
using Splade.AI.Postgres.Tests.Server;
using Splade.Testing.Stores;

namespace Splade.AI.Postgres.Tests.Tables;

public sealed class TableOpeningTests
{
    [PostgresFact]
    public async Task Open_NamesOfAnyText_AreQuoted()
    {
        PostgresHybridStoreOptions options = TestStore.Options(o => (o.SchemaName, o.TableName) = ("we\"ird'; x 漢", $"t\"'; drop {Guid.NewGuid():N}"[..30]));
        await using (PostgresHybridStore first = await PostgresHybridStore.OpenAsync(options))
        {
            await first.UpsertAsync(StoreRecords.Make(3));
        }

        await using PostgresHybridStore sut = await PostgresHybridStore.OpenAsync(options);
        Assert.Equal(3, await sut.CountAsync());
    }

    [PostgresFact]
    public async Task Open_ManyAtOnce_CreateOneTable()
    {
        PostgresHybridStoreOptions options = TestStore.Options();
        PostgresHybridStore[] stores = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostgresHybridStore.OpenAsync(options)));
        await Task.WhenAll(stores.Select((store, i) => store.UpsertAsync(StoreRecords.Make(5).Select(r => new HybridRecord($"{i}{r.Id}", r.Text, r.Vectors)))));
        Assert.Equal(40, await stores[3].CountAsync());
        foreach (PostgresHybridStore store in stores)
        {
            await store.DisposeAsync();
        }
    }

    [PostgresFact]
    public async Task Open_TableOfOthers_IsRefusedByName()
    {
        PostgresHybridStoreOptions options = TestStore.Options(o => o.SchemaName = "public");
        await TestServer.ExecuteAsync($"create table {options.TableName} (a int)");
        var error = await Assert.ThrowsAsync<HybridStoreException>(() => PostgresHybridStore.OpenAsync(options));
        Assert.Contains("is no store", error.Message, StringComparison.Ordinal);
        Assert.False(error.IsTransient);
    }

    [PostgresFact]
    public async Task Open_AnotherFormatStorageOrModels_IsRefusedByName()
    {
        PostgresHybridStoreOptions options = TestStore.Options();
        await using (PostgresHybridStore first = await PostgresHybridStore.OpenAsync(options))
        {
            await first.UpsertAsync(StoreRecords.Make(1), Models("a"));
        }

        async Task<string> RefuseAsync(Action<PostgresHybridStoreOptions> change)
        {
            PostgresHybridStoreOptions other = options.Clone();
            change(other);
            return (await Assert.ThrowsAsync<HybridStoreException>(() => PostgresHybridStore.OpenAsync(other))).Message;
        }

        Assert.Contains("half precision", await RefuseAsync(o => o.HalfPrecision = true), StringComparison.Ordinal);
        Assert.Contains("tenants", await RefuseAsync(o => o.Tenant = "a"), StringComparison.Ordinal);
        Assert.Contains(
            "'a' instead of 'b'", await RefuseAsync(o => o.Schema = new HybridSchema(StoreRecords.Schema.Vectors) { Models = Models("b") }), StringComparison.Ordinal);
        await TestServer.ExecuteAsync($"update \"splade tests\".splade_stores set models = '{{\"sparse\":7}}' where name = '{options.TableName}'");
        Assert.Contains("damaged", await RefuseAsync(_ => { }), StringComparison.Ordinal);
        await TestServer.ExecuteAsync($"update \"splade tests\".splade_stores set vectors = 'splade:Sparse:0:Dot' where name = '{options.TableName}'");
        Assert.Contains("damaged", await RefuseAsync(_ => { }), StringComparison.Ordinal);
        await TestServer.ExecuteAsync($"update \"splade tests\".splade_stores set format = 2 where name = '{options.TableName}'");
        Assert.Contains("format 2", await RefuseAsync(_ => { }), StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Upsert_OtherModels_AreTakenOnceTheTableIsEmpty()
    {
        await using PostgresHybridStore sut = await TestStore.OpenAsync();
        await sut.UpsertAsync(StoreRecords.Make(2), Models("a"));
        await Assert.ThrowsAsync<ArgumentException>(() => sut.UpsertAsync(StoreRecords.Make(3), Models("b")));
        await sut.DeleteAsync(MetadataFilter.All());
        Assert.Equal(HybridModels.None, await sut.GetModelsAsync());
        await sut.UpsertAsync(StoreRecords.Make(3), Models("b"));
        Assert.Equal("b", (await sut.GetModelsAsync()).Dense["meaning"].ModelName);
        Assert.Equal(3, await sut.CountAsync());
    }

    [PostgresFact]
    public async Task Upsert_FirstWritersOfTwoModels_OneWins()
    {
        await using PostgresHybridStore sut = await TestStore.OpenAsync();
        Exception?[] errors = await Task.WhenAll("abababab".Select(async (model, i) =>
            await Record.ExceptionAsync(() => sut.UpsertAsync([StoreRecords.Make(8)[i]], Models($"{model}")))));
        Assert.Equal(4, errors.Count(error => error is ArgumentException));
        Assert.Equal(4, await sut.CountAsync());
    }

    private static HybridModels Models(string name) => new() { Dense = new Dictionary<string, DenseModelIdentity> { ["meaning"] = new() { ModelName = name } } };
}
