using Microsoft.Extensions.DependencyInjection;
using Splade.AI.Hybrid;
using Splade.AI.Postgres.Tests.Server;

namespace Splade.AI.Postgres.Tests;

public sealed class PostgresServiceCollectionExtensionsTests
{
    [PostgresFact]
    public async Task AddSpladePostgresHybridStore_FirstCall_OpensTheTable()
    {
        PostgresHybridStoreOptions given = TestStore.Options(o => o.Schema = TestStore.Plane);
        var services = new ServiceCollection();
        services.AddSpladePostgresHybridStore((_, options) => (options.ConnectionString, options.Schema, options.SchemaName, options.TableName)
            = (given.ConnectionString, given.Schema, given.SchemaName, given.TableName));
        services.AddSpladePostgresHybridStore((_, options) => (options.ConnectionString, options.Schema) = ("Host=127.0.0.1;Port=1;Timeout=1", given.Schema), "elsewhere");
        IHybridStore sut;
        await using (ServiceProvider provider = services.BuildServiceProvider())
        {
            Assert.NotNull(provider.GetRequiredKeyedService<IHybridStore>("elsewhere"));
            sut = provider.GetRequiredService<IHybridStore>();
            Assert.Same(sut, provider.GetRequiredService<IHybridStore>());
            await sut.UpsertAsync([TestStore.Point("a", 1)]);
            Assert.Equal(1, await sut.CountAsync());
        }

        await Assert.ThrowsAsync<ObjectDisposedException>(() => sut.CountAsync());
    }
}
