using System.Diagnostics.CodeAnalysis;
using Microsoft.SemanticKernel.Data;
using Splade.AI.Hybrid;
using Splade.SemanticKernel.TextSearch;

namespace Microsoft.Extensions.DependencyInjection;

/// <content>Text search.</content>
public static partial class SpladeKernelServiceCollectionExtensions
{
    /// <summary>Adds a text search over the <see cref="HybridRetriever"/> of the container.</summary>
    /// <param name="services">The services.</param>
    /// <param name="options">How is searched and cited; null for the defaults.</param>
    /// <param name="serviceKey">The key of the search, and of the retriever if one has it, else that without a key is taken; null for none.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <remarks>It is added as itself, as <see cref="ITextSearch{TRecord}"/> and as the older <c>ITextSearch</c>: one object under three types.</remarks>
    [Experimental("SKEXP0001", UrlFormat = "https://aka.ms/semantic-kernel-experimental")]
    public static IServiceCollection AddSpladeTextSearch(
        this IServiceCollection services, SpladeTextSearchOptions? options = null, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddTextSearch(serviceKey, retriever => SpladeTextSearch.Create(retriever, options));
    }

    /// <summary>Adds a text search over the <see cref="HybridRetriever"/> of the container, with records of the application.</summary>
    /// <typeparam name="TRecord">What a found text is to the application.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="map">Makes a record of a hit.</param>
    /// <param name="options">How is searched and cited; null for the defaults.</param>
    /// <param name="serviceKey">The key of the search, and of the retriever if one has it, else that without a key is taken; null for none.</param>
    /// <inheritdoc cref="AddSpladeTextSearch(IServiceCollection, SpladeTextSearchOptions?, object?)"/>
    [Experimental("SKEXP0001", UrlFormat = "https://aka.ms/semantic-kernel-experimental")]
    public static IServiceCollection AddSpladeTextSearch<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TRecord>(
        this IServiceCollection services, Func<HybridHit, TRecord> map, SpladeTextSearchOptions? options = null, object? serviceKey = null)
        where TRecord : class
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(map);
        return services.AddTextSearch(serviceKey, retriever => new SpladeTextSearch<TRecord>(retriever, map, options));
    }

    [Experimental("SKEXP0001")]
    private static IServiceCollection AddTextSearch<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TRecord>(
        this IServiceCollection services, object? serviceKey, Func<HybridRetriever, SpladeTextSearch<TRecord>> create)
        where TRecord : class
    {
        services.AddKeyedSingleton(serviceKey, (provider, _) =>
            create(provider.Find<HybridRetriever>(serviceKey) ?? throw new InvalidOperationException(
                $"No {nameof(HybridRetriever)} was added{(serviceKey is null ? "" : $", neither under the key '{serviceKey}' nor without one")}. "
                + $"Call {nameof(SpladeServiceCollectionExtensions.AddSpladeHybridRetriever)}().")));
        services.AddKeyedSingleton<ITextSearch<TRecord>>(serviceKey, (provider, _) => provider.GetRequiredKeyedService<SpladeTextSearch<TRecord>>(serviceKey));
#pragma warning disable CS0618 // What makes plugins of a search takes the older interface.
        return services.AddKeyedSingleton<ITextSearch>(serviceKey, (provider, _) => provider.GetRequiredKeyedService<SpladeTextSearch<TRecord>>(serviceKey));
#pragma warning restore CS0618
    }
}
