using Splade.AI.Hybrid;
using Splade.AI.Postgres;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds stores in PostgreSQL to the services of an application.</summary>
public static class PostgresServiceCollectionExtensions
{
    /// <summary>Adds a <see cref="PostgresHybridStore"/> as the <see cref="IHybridStore"/> of the container, which disposes of it.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options when the store is first asked for; the services are there to take generators and data sources from.</param>
    /// <param name="serviceKey">The key of the store; null for none.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <remarks>
    /// It is there at once: its table is opened, or created, by the first call, which throws what <see cref="PostgresHybridStore.OpenAsync"/> would.
    /// </remarks>
    public static IServiceCollection AddSpladePostgresHybridStore(
        this IServiceCollection services, Action<IServiceProvider, PostgresHybridStoreOptions> configure, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        return services.AddKeyedSingleton<IHybridStore>(serviceKey, (provider, _) =>
        {
            var options = new PostgresHybridStoreOptions();
            configure(provider, options);
            return new PostgresHybridStore(options);
        });
    }
}
