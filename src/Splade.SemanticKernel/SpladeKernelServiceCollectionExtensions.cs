using Splade.AI.Tools;
using Splade.SemanticKernel;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the plugin, text search and vector stores to the services of a kernel.</summary>
/// <remarks>Models and retrievers are added by <see cref="SpladeServiceCollectionExtensions"/>.</remarks>
public static partial class SpladeKernelServiceCollectionExtensions
{
    /// <summary>Adds the functions of <see cref="SpladePlugin"/> to the kernel.</summary>
    /// <param name="services">The services.</param>
    /// <param name="options">
    /// What the functions offer; null for the defaults. Where it has no retriever, the <c>HybridRetriever</c> of the container is searched, if there is one.
    /// </param>
    /// <param name="pluginName">The name of the plugin: ASCII letters, digits and underscores.</param>
    /// <param name="serviceKey">The key of the engine, and of the retriever if one has it; null for none.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <remarks>
    /// The engine is one that was added with <c>AddSpladeEmbeddingGenerator</c> or <c>AddSpladeEngine</c>; without one the kernel cannot be built.
    /// Its model is loaded by the first call of a function, not with the kernel. <see cref="SpladeAITools"/> are added under the same key.
    /// </remarks>
    /// <exception cref="ArgumentException">The name is null, empty or blank.</exception>
    public static IServiceCollection AddSpladePlugin(
        this IServiceCollection services, SpladeAIToolsOptions? options = null, string pluginName = SpladePlugin.DefaultName, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(pluginName);
        services.AddSpladeTools(options, serviceKey);
        return services.AddSingleton(provider =>
            SpladePlugin.Create(provider.GetRequiredKeyedService<SpladeAITools>(serviceKey), pluginName));
    }
}
