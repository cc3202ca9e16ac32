using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Splade.AI;
using Splade.AI.Hybrid;
using Splade.AI.Tools;
using Splade.SemanticKernel;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds SPLADE embedding generators, the plugin and text search to the services of a kernel, as Semantic Kernel's connectors do.</summary>
/// <remarks>
/// What <see cref="SpladeServiceCollectionExtensions"/> says of models holds here: they are loaded by the first call, once, and disposed with the
/// container. A <c>serviceId</c> is the key of the service, and null adds it without one.
/// </remarks>
public static partial class SpladeKernelServiceCollectionExtensions
{
    /// <summary>
    /// Adds a SPLADE model, and an embedding generator over it as <c>IEmbeddingGenerator&lt;string, SparseEmbedding&gt;</c>, with the telemetry and
    /// the log of Microsoft.Extensions.AI around it.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="modelFolder">The model's folder, in the layout of Sentence Transformers, with an ONNX file in it.</param>
    /// <param name="configure">Sets more of the options: devices, threads, precision, limits; null for their defaults.</param>
    /// <param name="inputType">What texts are where a call's options do not say.</param>
    /// <param name="openTelemetryConfig">Sets up the telemetry; null for its defaults.</param>
    /// <param name="serviceId">The key of the engine and of the generator; null for none.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <remarks>
    /// The engine is added under the same key. Another generator over it, for queries for example, is added with
    /// <see cref="SpladeServiceCollectionExtensions.AddKeyedSpladeEmbeddingGenerator"/>, and takes no second model.
    /// </remarks>
    /// <exception cref="ArgumentException">The folder is null, empty or blank, or the id is empty.</exception>
    public static IServiceCollection AddSpladeEmbeddingGenerator(
        this IServiceCollection services,
        string modelFolder,
        Action<SpladeEngineOptions>? configure = null,
        SpladeInputType inputType = SpladeInputType.Document,
        Action<OpenTelemetryEmbeddingGenerator<string, SparseEmbedding>>? openTelemetryConfig = null,
        string? serviceId = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        return serviceId is null
            ? services.AddSpladeEngine(modelFolder, configure).AddSpladeEmbeddingGenerator(inputType, decorate: Observe)
            : services.AddKeyedSpladeEngine(serviceId, modelFolder, configure)
                .AddKeyedSpladeEmbeddingGenerator(serviceId, inputType, engineKey: serviceId, decorate: Observe);

        IEmbeddingGenerator<string, SparseEmbedding> Observe(SpladeEmbeddingGenerator generator, IServiceProvider provider) =>
            generator.Observed(provider, openTelemetryConfig);
    }

    /// <summary>Adds a <see cref="HybridRetriever"/> over a store and over what else is added: a sparse and a dense embedding generator.</summary>
    /// <param name="services">The services.</param>
    /// <param name="store">The store. It is added under the same key, and not disposed with the container.</param>
    /// <param name="serviceId">
    /// The key of the retriever; null for none. Of the generators the one under this key is taken, else the one without a key.
    /// </param>
    /// <returns><paramref name="services"/>.</returns>
    /// <remarks><see cref="SpladeServiceCollectionExtensions.AddHybridRetriever"/> is the same over a store that was added before.</remarks>
    public static IServiceCollection AddHybridRetriever(this IServiceCollection services, IHybridStore store, string? serviceId = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(store);
        return services.AddKeyedSingleton(serviceId, store).AddHybridRetriever(serviceId);
    }

    /// <summary>Adds the functions of <see cref="SpladePlugin"/> to the kernel.</summary>
    /// <param name="services">The services.</param>
    /// <param name="options">
    /// What the functions offer; null for the defaults. Where it has no retriever, the <c>HybridRetriever</c> of the container is searched, if there is one.
    /// </param>
    /// <param name="pluginName">The name of the plugin: ASCII letters, digits and underscores.</param>
    /// <param name="serviceId">The key of the engine, and of the retriever if one has it; null for none.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <remarks>
    /// The engine is one that was added with <see cref="AddSpladeEmbeddingGenerator"/> or <c>AddSpladeEngine</c>; without one the kernel cannot be built.
    /// Its model is loaded by the first call of a function, not with the kernel. A <see cref="SpladeToolService"/> is added under the same key.
    /// </remarks>
    /// <exception cref="ArgumentException">The name is null, empty or blank.</exception>
    public static IServiceCollection AddSpladePlugin(
        this IServiceCollection services, SpladeAIToolsOptions? options = null, string pluginName = SpladePlugin.DefaultName, string? serviceId = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(pluginName);
        services.AddSpladeTools(options, serviceId);
        return services.AddSingleton(provider =>
            new SpladePlugin(provider.GetRequiredKeyedService<SpladeToolService>(serviceId)).ToKernelPlugin(pluginName));
    }

    /// <summary>A generator with the telemetry and the log of Microsoft.Extensions.AI around it, as Semantic Kernel's connectors have them.</summary>
    internal static IEmbeddingGenerator<string, TEmbedding> Observed<TEmbedding>(
        this IEmbeddingGenerator<string, TEmbedding> generator,
        IServiceProvider provider,
        Action<OpenTelemetryEmbeddingGenerator<string, TEmbedding>>? openTelemetryConfig)
        where TEmbedding : Embedding
    {
        ILoggerFactory? log = provider.GetService<ILoggerFactory>();
        EmbeddingGeneratorBuilder<string, TEmbedding> builder = generator.AsBuilder().UseOpenTelemetry(log, configure: openTelemetryConfig);
        return (log is null ? builder : builder.UseLogging(log)).Build(provider);
    }
}
