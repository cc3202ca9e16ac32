using Splade.AI.Hybrid;
using Splade.AI.Postgres.Tests.Server;
using Splade.Testing.Stores;

namespace Splade.AI.Postgres.Tests.Connections;

public sealed class PostgresErrorsTests
{
    private const string Password = "geheim-4711";

    [Fact]
    public async Task Open_NobodyListens_IsTransientAndTellsNoSecrets()
    {
        var options = new PostgresHybridStoreOptions
        {
            ConnectionString = $"Host=127.0.0.1;Port=1;Username=me;Password={Password};Timeout=2",
            Schema = StoreRecords.Schema,
            Retries = 2,
            RetryDelay = TimeSpan.FromMilliseconds(1),
        };
        var error = await Assert.ThrowsAsync<HybridStoreException>(() => PostgresHybridStore.OpenAsync(options));
        Assert.True(error.IsTransient);
        Assert.DoesNotContain(Password, error.ToString(), StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Members_TableDropped_SayWhatTheServerSaid()
    {
        PostgresHybridStoreOptions options = TestStore.Options();
        await using PostgresHybridStore sut = await PostgresHybridStore.OpenAsync(options);
        await TestServer.ExecuteAsync($"drop table \"splade tests\".{options.TableName}");
        var error = await Assert.ThrowsAsync<HybridStoreException>(() => sut.CountAsync());
        Assert.Equal(("42P01", false), (error.Code, error.IsTransient));

        // Opened again, it is made anew: the row of its format is of the one that was dropped.
        await using PostgresHybridStore again = await PostgresHybridStore.OpenAsync(options);
        Assert.Equal(0, await again.CountAsync());
    }

    [FullServerFact]
    public async Task Open_WrongPassword_TellsNoSecrets()
    {
        PostgresHybridStoreOptions options = TestStore.Options(o => o.ConnectionString = new Npgsql.NpgsqlConnectionStringBuilder(o.ConnectionString)
        {
            Username = "nobody-here",
            Password = Password,
            IncludeErrorDetail = true,
        }.ConnectionString);
        var error = await Assert.ThrowsAsync<HybridStoreException>(() => PostgresHybridStore.OpenAsync(options));
        Assert.StartsWith("28", error.Code, StringComparison.Ordinal);
        Assert.False(error.IsTransient);
        Assert.DoesNotContain(Password, error.ToString(), StringComparison.Ordinal);
    }

    [FullServerFact]
    public async Task Search_Cancelled_EndsTheStatementOnTheServer()
    {
        PostgresHybridStoreOptions options = TestStore.Options();
        await using PostgresHybridStore sut = await PostgresHybridStore.OpenAsync(options);
        await using var blocker = new Npgsql.NpgsqlConnection(TestServer.ConnectionString);
        await blocker.OpenAsync();
        await using Npgsql.NpgsqlTransaction transaction = await blocker.BeginTransactionAsync();
        await using var command = new Npgsql.NpgsqlCommand($"lock table \"splade tests\".{options.TableName} in access exclusive mode", blocker);
        await command.ExecuteNonQueryAsync();
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sut.CountAsync(filter: null, soon.Token));
        Assert.Equal(0L, await TestServer.ExecuteAsync($"select count(*) from pg_stat_activity where state = 'active' and query like '%{options.TableName}\" t where%' and pid <> pg_backend_pid()"));
    }

    [FullServerFact]
    public async Task Members_ConnectionsEndedByTheServer_GoOn()
    {
        PostgresHybridStoreOptions options = TestStore.Options(o => o.ConnectionString += ";Application Name=ended");
        await using PostgresHybridStore sut = await PostgresHybridStore.OpenAsync(options);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => sut.CountAsync()));
        await TestServer.ExecuteAsync("select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = 'ended'");
        await sut.UpsertAsync(StoreRecords.Make(3));
        Assert.Equal(3, await sut.CountAsync());
    }

    [FullServerFact]
    public async Task Members_WritersOfTheSameRowsAndAFewConnections_WaitForEachOther()
    {
        PostgresHybridStoreOptions options = TestStore.Options(o => o.ConnectionString += ";Maximum Pool Size=4;Timeout=30");
        await using PostgresHybridStore sut = await PostgresHybridStore.OpenAsync(options);
        HybridRecord[] records = StoreRecords.Make(200);
        await Task.WhenAll(Enumerable.Range(0, 24).Select(i => i % 3 == 2
            ? sut.DeleteAsync(records.Reverse().Select(record => record.Id))
            : sut.UpsertAsync(i % 2 == 0 ? records : records.Reverse())));
        await sut.UpsertAsync(records);
        Assert.Equal(200, await sut.CountAsync());
    }
}
