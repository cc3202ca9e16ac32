using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Splade.AI;
using Splade.AI.DependencyInjection;
using Splade.AI.Explanation;
using Splade.AI.Hybrid;
using Splade.AI.Tools;

namespace Microsoft.Extensions.DependencyInjection;

/// <content>Retrievers, and the functions for agents.</content>
public static partial class SpladeServiceCollectionExtensions
{
    /// <summary>Adds a <see cref="HybridRetriever"/> over a store, and over a sparse and a dense embedding generator that are added besides.</summary>
    /// <param name="services">The services.</param>
    /// <param name="store">
    /// The store, which is added under the same key and not disposed with the container; null for the <see cref="IHybridStore"/> of the container.
    /// </param>
    /// <param name="serviceKey">
    /// The key of the retriever; null for none. Of store and generators the one under this key is taken, else the one without a key.
    /// </param>
    /// <returns><paramref name="services"/>.</returns>
    /// <remarks>
    /// It is there at once: models are loaded by the first search, or the first text that is added. If there is an <see cref="IReranker"/>, under the
    /// key or else without one, what is found is reranked by it.
    /// </remarks>
    /// <exception cref="InvalidOperationException">Thrown when the retriever is taken from the container: there is no store or generator.</exception>
    public static IServiceCollection AddSpladeHybridRetriever(this IServiceCollection services, IHybridStore? store = null, object? serviceKey = null)
    {
        return services.AddSpladeHybridRetriever(
            provider =>
            [
                new HybridLeg(HybridSchema.SparseName, provider.KeyedOrPlain<IEmbeddingGenerator<string, SparseEmbedding>>(
                    serviceKey, "sparse generator (IEmbeddingGenerator<string, SparseEmbedding>)", $"{nameof(AddSpladeEmbeddingGenerator)}(folder)")),
                new HybridLeg(HybridSchema.DenseName, provider.KeyedOrPlain<IEmbeddingGenerator<string, Embedding<float>>>(
                    serviceKey, "dense generator (IEmbeddingGenerator<string, Embedding<float>>)", $"{nameof(AddSpladeDenseEmbeddingGenerator)}(folder)")),
            ],
            store,
            serviceKey);
    }

    /// <summary>Adds a <see cref="HybridRetriever"/> over a store with any vectors.</summary>
    /// <param name="services">The services.</param>
    /// <param name="legs">
    /// Gives what makes the vectors, each under a name of the store's, when the retriever is first asked for; the services are there to take generators from.
    /// </param>
    /// <param name="store">
    /// The store, which is added under the same key and not disposed with the container; null for the <see cref="IHybridStore"/> of the container: the one
    /// under the key, else the one without.
    /// </param>
    /// <param name="serviceKey">The key of the retriever; null for none.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <remarks>
    /// Generators that load models by their first call do so here too. If there is an <see cref="IReranker"/>, under the key or else without one, what is
    /// found is reranked by it.
    /// </remarks>
    /// <exception cref="InvalidOperationException">Thrown when the retriever is taken from the container: there is no store.</exception>
    /// <exception cref="ArgumentException">Thrown when the retriever is taken from the container: the store has no vector of a leg's name and kind.</exception>
    public static IServiceCollection AddSpladeHybridRetriever(
        this IServiceCollection services, Func<IServiceProvider, IEnumerable<HybridLeg>> legs, IHybridStore? store = null, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(legs);
        if (store is not null)
        {
            services.AddKeyedSingleton(serviceKey, store);
        }

        services.TryAddKeyedSingleton(serviceKey, (provider, _) => new HybridRetriever(
            provider.KeyedOrPlain<IHybridStore>(
                serviceKey, "IHybridStore", $"{nameof(AddSpladeHybridRetriever)} with a store such as EmbeddedHybridStore.CreateInMemory()"),
            legs(provider))
        {
            Reranker = provider.GetKeyedService<IReranker>(serviceKey) ?? provider.GetService<IReranker>(),
        });
        return services;
    }

    /// <summary>
    /// Adds <see cref="SpladeAITools"/> over an engine that was added under the same key, or else over the sparse embedding generator under it, such as BM25
    /// or BM42.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="options">
    /// What the functions offer; null for the defaults. Where it has no retriever, the <see cref="HybridRetriever"/> of the container is taken,
    /// if there is one: that under the key, else that without one. Where it has no log, that of the container is.
    /// </param>
    /// <param name="serviceKey">The key of the encoder and of the functions; null for none.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <remarks>They are there at once, and the first call loads the model. A model that cannot be loaded is thrown by the call, and logged.</remarks>
    /// <exception cref="InvalidOperationException">Thrown when the functions are taken from the container: there is neither engine nor sparse generator.</exception>
    public static IServiceCollection AddSpladeTools(
        this IServiceCollection services, SpladeAIToolsOptions? options = null, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddKeyedSingleton(serviceKey, (provider, _) =>
        {
            SpladeAIToolsOptions own = options?.Clone() ?? new SpladeAIToolsOptions();
            own.Retriever ??= provider.GetKeyedService<HybridRetriever>(serviceKey) ?? provider.GetService<HybridRetriever>();
            bool isEngine = provider.HasEngine(serviceKey) || provider.GetKeyedService<IEmbeddingGenerator<string, SparseEmbedding>>(serviceKey) is null;
            return new SpladeAITools(
                isEngine ? EngineOf(provider, serviceKey) : EncoderOf(provider, serviceKey), expands: isEngine, own, provider.GetService<ILoggerFactory>());
        });
    }

    private static Func<CancellationToken, Task<ISparseExplainer>> EngineOf(IServiceProvider provider, object? key)
    {
        Func<CancellationToken, Task<SpladeEngine>> engine = provider.EngineOf(key);
        return async token => await engine(token).ConfigureAwait(false);
    }

    // To be asked for a service, a generator is loaded while the caller waits.
    private static Func<CancellationToken, Task<ISparseExplainer>> EncoderOf(IServiceProvider provider, object? key)
    {
        IEmbeddingGenerator<string, SparseEmbedding> generator = provider.GetRequiredKeyedService<IEmbeddingGenerator<string, SparseEmbedding>>(key);
        return token => Task.Run(() => SpladeAITools.EncoderOf(generator), token);
    }
}
