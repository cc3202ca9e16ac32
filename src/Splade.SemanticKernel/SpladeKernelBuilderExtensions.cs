using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Splade.AI;
using Splade.AI.Hybrid;
using Splade.AI.Tools;
using Splade.SemanticKernel;

namespace Microsoft.SemanticKernel;

/// <summary>Adds SPLADE embedding generators, the plugin, text search and vector stores to a kernel. All of it goes to the builder's services.</summary>
public static partial class SpladeKernelBuilderExtensions
{
    /// <inheritdoc cref="SpladeKernelServiceCollectionExtensions.AddSpladeEmbeddingGenerator"/>
    /// <param name="builder">The kernel builder.</param>
    /// <param name="modelFolder">The model's folder, in the layout of Sentence Transformers, with an ONNX file in it.</param>
    /// <param name="configure">Sets more of the options: devices, threads, precision, limits; null for their defaults.</param>
    /// <param name="inputType">What texts are where a call's options do not say.</param>
    /// <param name="openTelemetryConfig">Sets up the telemetry; null for its defaults.</param>
    /// <param name="serviceId">The key of the engine and of the generator; null for none.</param>
    /// <returns><paramref name="builder"/>.</returns>
    public static IKernelBuilder AddSpladeEmbeddingGenerator(
        this IKernelBuilder builder,
        string modelFolder,
        Action<SpladeEngineOptions>? configure = null,
        SpladeInputType inputType = SpladeInputType.Document,
        Action<OpenTelemetryEmbeddingGenerator<string, SparseEmbedding>>? openTelemetryConfig = null,
        string? serviceId = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSpladeEmbeddingGenerator(modelFolder, configure, inputType, openTelemetryConfig, serviceId);
        return builder;
    }

    /// <summary>
    /// Adds a dense model, the other half of hybrid search, as <c>IEmbeddingGenerator&lt;string, Embedding&lt;float&gt;&gt;</c>, with the telemetry
    /// and the log of Microsoft.Extensions.AI around it.
    /// </summary>
    /// <param name="builder">The kernel builder.</param>
    /// <param name="modelFolder">The model's folder, in the layout of Sentence Transformers, with an ONNX file in it.</param>
    /// <param name="configure">Sets more of the options: devices, threads, limits; null for their defaults.</param>
    /// <param name="openTelemetryConfig">Sets up the telemetry; null for its defaults.</param>
    /// <param name="serviceId">The key of the generator; null for none.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentException">The folder is null, empty or blank, or the id is empty.</exception>
    public static IKernelBuilder AddDenseEmbeddingGenerator(
        this IKernelBuilder builder,
        string modelFolder,
        Action<DenseEmbeddingGeneratorOptions>? configure = null,
        Action<OpenTelemetryEmbeddingGenerator<string, Embedding<float>>>? openTelemetryConfig = null,
        string? serviceId = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        _ = serviceId is null
            ? builder.Services.AddDenseEmbeddingGenerator(modelFolder, configure, Observe)
            : builder.Services.AddKeyedDenseEmbeddingGenerator(serviceId, modelFolder, configure, Observe);
        return builder;

        IEmbeddingGenerator<string, Embedding<float>> Observe(DenseEmbeddingGenerator generator, IServiceProvider provider) =>
            generator.Observed(provider, openTelemetryConfig);
    }

    /// <summary>
    /// Adds a <see cref="HybridRetriever"/> over what else is added: a store, a sparse and a dense embedding generator.
    /// </summary>
    /// <param name="builder">The kernel builder.</param>
    /// <param name="store">The store; null for the <see cref="IHybridStore"/> of the services. It is not disposed with the kernel.</param>
    /// <param name="serviceId">
    /// The key of the retriever; null for none. Of store and generators the one under this key is taken, else the one without a key.
    /// </param>
    /// <returns><paramref name="builder"/>.</returns>
    public static IKernelBuilder AddHybridRetriever(this IKernelBuilder builder, IHybridStore? store = null, string? serviceId = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        _ = store is null ? builder.Services.AddHybridRetriever(serviceId) : builder.Services.AddHybridRetriever(store, serviceId);
        return builder;
    }

    /// <inheritdoc cref="SpladeKernelServiceCollectionExtensions.AddSpladePlugin"/>
    /// <param name="builder">The kernel builder.</param>
    /// <param name="options">
    /// What the functions offer; null for the defaults. Where it has no retriever, the <see cref="HybridRetriever"/> of the container is searched, if
    /// there is one.
    /// </param>
    /// <param name="pluginName">The name of the plugin: ASCII letters, digits and underscores.</param>
    /// <param name="serviceId">The key of the engine, and of the retriever if one has it; null for none.</param>
    /// <returns><paramref name="builder"/>.</returns>
    public static IKernelBuilder AddSpladePlugin(
        this IKernelBuilder builder, SpladeAIToolsOptions? options = null, string pluginName = SpladePlugin.DefaultName, string? serviceId = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSpladePlugin(options, pluginName, serviceId);
        return builder;
    }
}
