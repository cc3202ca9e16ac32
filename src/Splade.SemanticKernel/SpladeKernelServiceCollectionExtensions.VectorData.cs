using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.VectorData;
using Splade.AI;
using Splade.SemanticKernel.VectorData;

namespace Microsoft.Extensions.DependencyInjection;

/// <content>Vector stores and collections.</content>
public static partial class SpladeKernelServiceCollectionExtensions
{
    /// <summary>Adds a <see cref="SpladeVectorStore"/>, as itself and as <see cref="VectorStore"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="folder">
    /// The folder of the collections; null for the <see cref="SpladeVectorStorage"/> of the container: that under the key, else that without one, or
    /// else memory.
    /// </param>
    /// <param name="options">What collections work with; null for the defaults.</param>
    /// <param name="lifetime">How long a store lives. The default is as long as the container; the collections do in any case.</param>
    /// <param name="serviceKey">The key of the store, and of its generators where they have it, else those without a key are taken; null for none.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <remarks>
    /// Generators that the options do not have are taken from the container: the <see cref="IEmbeddingGenerator"/>, or else that of dense vectors of texts,
    /// for vector properties, and that of sparse ones for full-text properties; one under the key goes before one without. All with one folder share it,
    /// and all in memory with one key. Nothing is opened before it is used.
    /// </remarks>
    /// <exception cref="ArgumentException">The name of the folder is empty.</exception>
    public static IServiceCollection AddSpladeVectorStore(
        this IServiceCollection services,
        string? folder = null,
        SpladeVectorStoreOptions? options = null,
        ServiceLifetime lifetime = ServiceLifetime.Singleton,
        object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        object storageKey = services.AddStorage(folder, serviceKey);
        services.Add(new ServiceDescriptor(
            typeof(SpladeVectorStore),
            serviceKey,
            (provider, _) =>
            {
                SpladeVectorStoreOptions own = options?.Copy() ?? new SpladeVectorStoreOptions();
                own.EmbeddingGenerator ??= provider.DenseGenerator(serviceKey);
                own.SparseEmbeddingGenerator ??= provider.Find<IEmbeddingGenerator<string, SparseEmbedding>>(serviceKey);
                return new SpladeVectorStore(provider.Storage(storageKey, serviceKey), own);
            },
            lifetime));
        return services.AddAs<VectorStore, SpladeVectorStore>(serviceKey, lifetime);
    }

    /// <summary>
    /// Adds a <see cref="SpladeCollection{TKey, TRecord}"/>, as itself, as <see cref="VectorStoreCollection{TKey, TRecord}"/>, as
    /// <see cref="IVectorSearchable{TRecord}"/> and as <see cref="IKeywordHybridSearchable{TRecord}"/>.
    /// </summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="TRecord">The type of the records.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="name">The name of the collection.</param>
    /// <param name="folder">
    /// The folder of the collections; null for the <see cref="SpladeVectorStorage"/> of the container: that under the key, else that without one, or
    /// else memory.
    /// </param>
    /// <param name="options">How the collection works; null for the defaults.</param>
    /// <param name="lifetime">How long the object lives. The default is as long as the container; what is in the collection does in any case.</param>
    /// <param name="serviceKey">The key of the collection, and of its generators where they have it, else those without a key are taken; null for none.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <remarks>Generators and storage are found as by <see cref="AddSpladeVectorStore"/>, and shared with it.</remarks>
    /// <exception cref="ArgumentException">The name of the collection or of the folder is empty.</exception>
    [RequiresUnreferencedCode("The properties of the records are found by reflection. Use GetDynamicCollection of a SpladeVectorStore instead.")]
    [RequiresDynamicCode("The properties of the records are found by reflection. Use GetDynamicCollection of a SpladeVectorStore instead.")]
    public static IServiceCollection AddSpladeCollection<TKey, TRecord>(
        this IServiceCollection services,
        string name,
        string? folder = null,
        SpladeCollectionOptions? options = null,
        ServiceLifetime lifetime = ServiceLifetime.Singleton,
        object? serviceKey = null)
        where TKey : notnull
        where TRecord : class
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        object storageKey = services.AddStorage(folder, serviceKey);
        services.Add(new ServiceDescriptor(
            typeof(SpladeCollection<TKey, TRecord>),
            serviceKey,
            (provider, _) =>
            {
                SpladeCollectionOptions own = new(options);
                own.EmbeddingGenerator ??= provider.DenseGenerator(serviceKey);
                own.SparseEmbeddingGenerator ??= provider.Find<IEmbeddingGenerator<string, SparseEmbedding>>(serviceKey);
                return new SpladeCollection<TKey, TRecord>(provider.Storage(storageKey, serviceKey), name, own);
            },
            lifetime));
        return services
            .AddAs<VectorStoreCollection<TKey, TRecord>, SpladeCollection<TKey, TRecord>>(serviceKey, lifetime)
            .AddAs<IVectorSearchable<TRecord>, SpladeCollection<TKey, TRecord>>(serviceKey, lifetime)
            .AddAs<IKeywordHybridSearchable<TRecord>, SpladeCollection<TKey, TRecord>>(serviceKey, lifetime);
    }

    /// <summary>Adds the storage of a folder once, or the one in memory that a key has where the container has no other.</summary>
    /// <returns>The key of the storage.</returns>
    private static object AddStorage(this IServiceCollection services, string? folder, object? serviceKey)
    {
        if (folder is null)
        {
            var memory = new StorageInMemory(serviceKey);
            services.TryAddKeyedSingleton(memory, static (_, _) => new SpladeVectorStorage());
            return memory;
        }

        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        var key = new StorageFolder(Path.GetFullPath(folder));
        services.TryAddKeyedSingleton(key, static (_, key) => new SpladeVectorStorage(((StorageFolder)key!).Path));
        return key;
    }

    private static SpladeVectorStorage Storage(this IServiceProvider provider, object storageKey, object? serviceKey) =>
        (storageKey is StorageInMemory ? provider.Find<SpladeVectorStorage>(serviceKey) : null)
            ?? provider.GetRequiredKeyedService<SpladeVectorStorage>(storageKey);

    private static IServiceCollection AddAs<TService, TImplementation>(this IServiceCollection services, object? serviceKey, ServiceLifetime lifetime)
        where TService : class
        where TImplementation : class, TService
    {
        services.Add(new ServiceDescriptor(
            typeof(TService), serviceKey, static (provider, key) => provider.GetRequiredKeyedService<TImplementation>(key), lifetime));
        return services;
    }

    // What has the key goes before what has none, of whichever type it is.
    private static IEmbeddingGenerator? DenseGenerator(this IServiceProvider provider, object? serviceKey) =>
        provider.GetKeyedService<IEmbeddingGenerator>(serviceKey) ?? provider.GetKeyedService<IEmbeddingGenerator<string, Embedding<float>>>(serviceKey)
            ?? provider.GetService<IEmbeddingGenerator>() ?? provider.GetService<IEmbeddingGenerator<string, Embedding<float>>>();

    private static T? Find<T>(this IServiceProvider provider, object? serviceKey)
        where T : class => provider.GetKeyedService<T>(serviceKey) ?? provider.GetService<T>();

    /// <summary>The key of a storage in a folder.</summary>
    private sealed record StorageFolder(string Path);

    /// <summary>The key of the storage in memory of those with a key.</summary>
    private sealed record StorageInMemory(object? ServiceKey);
}
