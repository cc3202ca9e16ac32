using System.Diagnostics.CodeAnalysis;
using Microsoft.SemanticKernel.Data;
using Splade.AI.DependencyInjection;
using Splade.AI.Hybrid;
using Splade.SemanticKernel;

namespace Microsoft.Extensions.DependencyInjection;

/// <content>Text search.</content>
public static partial class SpladeKernelServiceCollectionExtensions
{
    /// <summary>Adds a text search over the <see cref="HybridRetriever"/> of the container.</summary>
    /// <param name="services">The services.</param>
    /// <param name="options">How is searched and cited; null for the defaults.</param>
    /// <param name="serviceId">The key of the search, and of the retriever if one has it, else that without a key is taken; null for none.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <remarks>It is added as itself, as <see cref="ITextSearch{TRecord}"/> and as the older <c>ITextSearch</c>: one object under three types.</remarks>
    [Experimental("SKEXP0001", UrlFormat = "https://aka.ms/semantic-kernel-experimental")]
    public static IServiceCollection AddSpladeTextSearch(
        this IServiceCollection services, SpladeTextSearchOptions? options = null, string? serviceId = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddTextSearch(serviceId, retriever => SpladeTextSearch.Create(retriever, options));
    }

    /// <summary>Adds a text search over the <see cref="HybridRetriever"/> of the container, with records of the application.</summary>
    /// <typeparam name="TRecord">What a found text is to the application.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="map">Makes a record of a hit.</param>
    /// <param name="options">How is searched and cited; null for the defaults.</param>
    /// <param name="serviceId">The key of the search, and of the retriever if one has it, else that without a key is taken; null for none.</param>
    /// <inheritdoc cref="AddSpladeTextSearch(IServiceCollection, SpladeTextSearchOptions?, string?)"/>
    [Experimental("SKEXP0001", UrlFormat = "https://aka.ms/semantic-kernel-experimental")]
    public static IServiceCollection AddSpladeTextSearch<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TRecord>(
        this IServiceCollection services, Func<HybridHit, TRecord> map, SpladeTextSearchOptions? options = null, string? serviceId = null)
        where TRecord : class
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(map);
        return services.AddTextSearch(serviceId, retriever => new SpladeTextSearch<TRecord>(retriever, map, options));
    }

    [Experimental("SKEXP0001")]
    private static IServiceCollection AddTextSearch<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TRecord>(
        this IServiceCollection services, string? serviceId, Func<HybridRetriever, SpladeTextSearch<TRecord>> create)
        where TRecord : class
    {
        services.AddKeyedSingleton(serviceId, (provider, _) =>
            create(provider.KeyedOrPlain<HybridRetriever>(serviceId, nameof(HybridRetriever), "AddHybridRetriever()")));
        services.AddKeyedSingleton<ITextSearch<TRecord>>(serviceId, (provider, _) => provider.GetRequiredKeyedService<SpladeTextSearch<TRecord>>(serviceId));
#pragma warning disable CS0618 // What makes plugins of a search takes the older interface.
        return services.AddKeyedSingleton<ITextSearch>(serviceId, (provider, _) => provider.GetRequiredKeyedService<SpladeTextSearch<TRecord>>(serviceId));
#pragma warning restore CS0618
    }
}
