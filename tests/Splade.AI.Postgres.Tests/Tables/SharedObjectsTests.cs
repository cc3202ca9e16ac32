using Npgsql;
using Splade.AI.Hybrid;
using Splade.AI.Postgres.Tests.Server;

namespace Splade.AI.Postgres.Tests.Tables;

public sealed class SharedObjectsTests
{
    [FullServerFact]
    public async Task Open_ExtensionInAnotherSchema_IsFoundThere()
    {
        string database = $"d{Guid.NewGuid():N}";
        await TestServer.ExecuteAsync($"create database {database} encoding 'UTF8' template template0");
        string connection = new NpgsqlConnectionStringBuilder(TestServer.ConnectionString) { Database = database, Pooling = false }.ConnectionString;
        await TestServer.ExecuteAsync("create schema elsewhere; create extension vector schema elsewhere", connection);
        await using (PostgresHybridStore sut = await TestStore.OpenAsync(o => (o.ConnectionString, o.Schema, o.HnswVectors) = (connection, TestStore.Plane, ["v"])))
        {
            await sut.UpsertAsync([TestStore.Point("a", 1), TestStore.Point("b", 2)]);
            Assert.Equal("b", (await sut.SearchAsync(new HybridQuery { Legs = [new("v", new[] { 1f, 0f })] }))[0].Record.Id);
        }

        await TestServer.ExecuteAsync($"drop database {database}");
    }

    [FullServerFact]
    public async Task Open_EncodingWithoutAllTexts_IsRefused()
    {
        string database = $"d{Guid.NewGuid():N}";
        await TestServer.ExecuteAsync($"create database {database} encoding 'LATIN1' locale 'C' template template0");
        string connection = new NpgsqlConnectionStringBuilder(TestServer.ConnectionString) { Database = database, Pooling = false }.ConnectionString;
        var error = await Assert.ThrowsAsync<HybridStoreException>(() => TestStore.OpenAsync(o => o.ConnectionString = connection));
        Assert.Contains("LATIN1", error.Message, StringComparison.Ordinal);
        await TestServer.ExecuteAsync($"drop database {database}");
    }

    [FullServerFact]
    public async Task Open_UserWhoMayOnlyRead_ReadsAndIsToldWhyNotMore()
    {
        PostgresHybridStoreOptions options = TestStore.Options(o => (o.Schema, o.SchemaName) = (TestStore.Plane, $"s{Guid.NewGuid():N}"));
        await using PostgresHybridStore writer = await PostgresHybridStore.OpenAsync(options);
        await writer.UpsertAsync([TestStore.Point("a", 1)]);
        string role = $"r{Guid.NewGuid():N}";
        await TestServer.ExecuteAsync(
            $"create role {role} login password 'p'; grant usage on schema {options.SchemaName} to {role}; grant select on all tables in schema {options.SchemaName} to {role}");
        options.ConnectionString = new NpgsqlConnectionStringBuilder(options.ConnectionString) { Username = role, Password = "p", Pooling = false }.ConnectionString;
        await using PostgresHybridStore sut = await PostgresHybridStore.OpenAsync(options);
        Assert.Equal("a", (await sut.SearchAsync(new HybridQuery { Legs = [new("v", new[] { 1f, 0f })] }))[0].Record.Id);
        var error = await Assert.ThrowsAsync<HybridStoreException>(() => sut.UpsertAsync([TestStore.Point("b", 1)]));
        Assert.Equal("42501", error.Code);
        options.TableName = "another";
        Assert.Equal("42501", (await Assert.ThrowsAsync<HybridStoreException>(() => PostgresHybridStore.OpenAsync(options))).Code);
    }

    [PostgresFact]
    public async Task Open_DataSourceOfOnesOwn_IsTakenIfItKnowsVectorsAndNotDisposedOf()
    {
        await using NpgsqlDataSource plain = new NpgsqlDataSourceBuilder(TestServer.ConnectionString).Build();
        var error = await Assert.ThrowsAsync<ArgumentException>(() => TestStore.OpenAsync(o => (o.ConnectionString, o.DataSource) = (null, plain)));
        Assert.Contains("UseVector()", error.Message, StringComparison.Ordinal);
        var builder = new NpgsqlDataSourceBuilder(TestServer.ConnectionString);
        builder.UseVector();
        await using NpgsqlDataSource source = builder.Build();
        await using (PostgresHybridStore sut = await TestStore.OpenAsync(o => (o.ConnectionString, o.DataSource) = (null, source)))
        {
            Assert.Equal(0, await sut.CountAsync());
        }

        await using NpgsqlConnection still = await source.OpenConnectionAsync();
        Assert.Equal(System.Data.ConnectionState.Open, still.State);
    }
}
