using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Splade.AI;
using Splade.AI.Hybrid;
using Splade.AI.Tools;
using Splade.SemanticKernel;

namespace Microsoft.SemanticKernel;

/// <summary>Adds SPLADE embedding generators, the plugin, text search and vector stores to a kernel. All of it goes to the builder's services.</summary>
public static partial class SpladeKernelBuilderExtensions
{
    /// <summary>
    /// Adds a SPLADE model, and an embedding generator over it as <c>IEmbeddingGenerator&lt;string, SparseEmbedding&gt;</c>, with the telemetry and
    /// the log of Microsoft.Extensions.AI around it.
    /// </summary>
    /// <param name="builder">The kernel builder.</param>
    /// <param name="modelFolder">The model's folder, in the layout of Sentence Transformers, with an ONNX file or weights in it.</param>
    /// <param name="configure">Sets more of the options: devices, threads, precision, limits; null for their defaults.</param>
    /// <param name="inputType">What texts are where a call's options do not say.</param>
    /// <param name="openTelemetryConfig">Sets up the telemetry; null for its defaults.</param>
    /// <param name="serviceKey">The key of the engine and of the generator; null for none.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <remarks>
    /// The engine is added under the same key. Another generator over it, for queries for example, is added to the builder's services with
    /// <c>AddKeyedSpladeEmbeddingGenerator</c>, and takes no second model.
    /// </remarks>
    /// <exception cref="ArgumentException">The folder is null, empty or blank, or the key is an empty text.</exception>
    public static IKernelBuilder AddSpladeEmbeddingGenerator(
        this IKernelBuilder builder,
        string modelFolder,
        Action<SpladeEngineOptions>? configure = null,
        EmbeddingInputType inputType = EmbeddingInputType.Document,
        Action<OpenTelemetryEmbeddingGenerator<string, SparseEmbedding>>? openTelemetryConfig = null,
        object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddKeyedSpladeEmbeddingGenerator(
            serviceKey, modelFolder, configure, inputType, (generator, provider) => Observe(generator, provider, openTelemetryConfig));
        return builder;
    }

    /// <summary>
    /// Adds a dense model, the other half of hybrid search, as <c>IEmbeddingGenerator&lt;string, Embedding&lt;float&gt;&gt;</c>, with the telemetry
    /// and the log of Microsoft.Extensions.AI around it.
    /// </summary>
    /// <param name="builder">The kernel builder.</param>
    /// <param name="modelFolder">The model's folder, in the layout of Sentence Transformers, with an ONNX file or weights in it.</param>
    /// <param name="configure">Sets more of the options: devices, threads, limits; null for their defaults.</param>
    /// <param name="openTelemetryConfig">Sets up the telemetry; null for its defaults.</param>
    /// <param name="serviceKey">The key of the generator; null for none.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentException">The folder is null, empty or blank, or the key is an empty text.</exception>
    public static IKernelBuilder AddSpladeDenseEmbeddingGenerator(
        this IKernelBuilder builder,
        string modelFolder,
        Action<DenseEmbeddingGeneratorOptions>? configure = null,
        Action<OpenTelemetryEmbeddingGenerator<string, Embedding<float>>>? openTelemetryConfig = null,
        object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddKeyedSpladeDenseEmbeddingGenerator(
            serviceKey, modelFolder, configure, (generator, provider) => Observe(generator, provider, openTelemetryConfig));
        return builder;
    }

    /// <inheritdoc cref="SpladeServiceCollectionExtensions.AddSpladeHybridRetriever(IServiceCollection, IHybridStore, object)"/>
    /// <param name="builder">The kernel builder.</param>
    /// <param name="store">
    /// The store, which is added under the same key and not disposed with the kernel; null for the <see cref="IHybridStore"/> of the services.
    /// </param>
    /// <param name="serviceKey">
    /// The key of the retriever; null for none. Of store and generators the one under this key is taken, else the one without a key.
    /// </param>
    /// <returns><paramref name="builder"/>.</returns>
    public static IKernelBuilder AddSpladeHybridRetriever(this IKernelBuilder builder, IHybridStore? store = null, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSpladeHybridRetriever(store, serviceKey);
        return builder;
    }

    /// <inheritdoc cref="SpladeServiceCollectionExtensions.AddSpladeHybridRetriever(IServiceCollection, Func{IServiceProvider, IEnumerable{HybridLeg}}, IHybridStore, object)"/>
    /// <param name="builder">The kernel builder.</param>
    /// <param name="legs">
    /// Gives what makes the vectors, each under a name of the store's, when the retriever is first asked for; the services are there to take generators from.
    /// </param>
    /// <param name="store">
    /// The store, which is added under the same key and not disposed with the kernel; null for the <see cref="IHybridStore"/> of the services: the one under
    /// the key, else the one without.
    /// </param>
    /// <param name="serviceKey">The key of the retriever; null for none.</param>
    /// <returns><paramref name="builder"/>.</returns>
    public static IKernelBuilder AddSpladeHybridRetriever(
        this IKernelBuilder builder, Func<IServiceProvider, IEnumerable<HybridLeg>> legs, IHybridStore? store = null, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSpladeHybridRetriever(legs, store, serviceKey);
        return builder;
    }

    /// <inheritdoc cref="SpladeKernelServiceCollectionExtensions.AddSpladePlugin"/>
    /// <param name="builder">The kernel builder.</param>
    /// <param name="options">
    /// What the functions offer; null for the defaults. Where it has no retriever, the <see cref="HybridRetriever"/> of the container is searched, if
    /// there is one.
    /// </param>
    /// <param name="pluginName">The name of the plugin: ASCII letters, digits and underscores.</param>
    /// <param name="serviceKey">The key of the engine, and of the retriever if one has it; null for none.</param>
    /// <returns><paramref name="builder"/>.</returns>
    public static IKernelBuilder AddSpladePlugin(
        this IKernelBuilder builder, SpladeAIToolsOptions? options = null, string pluginName = SpladePlugin.DefaultName, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSpladePlugin(options, pluginName, serviceKey);
        return builder;
    }

    /// <summary>A generator with the telemetry and the log of Microsoft.Extensions.AI around it, as Semantic Kernel's connectors have them.</summary>
    private static IEmbeddingGenerator<string, TEmbedding> Observe<TEmbedding>(
        IEmbeddingGenerator<string, TEmbedding> generator,
        IServiceProvider provider,
        Action<OpenTelemetryEmbeddingGenerator<string, TEmbedding>>? openTelemetryConfig)
        where TEmbedding : Embedding
    {
        ILoggerFactory? log = provider.GetService<ILoggerFactory>();
        EmbeddingGeneratorBuilder<string, TEmbedding> builder = generator.AsBuilder().UseOpenTelemetry(log, configure: openTelemetryConfig);
        return (log is null ? builder : builder.UseLogging(log)).Build(provider);
    }
}
