using Microsoft.Extensions.AI;
using Splade.AI;
using Splade.AI.DependencyInjection;
using SparseDecorator = System.Func<
    Splade.AI.SpladeEmbeddingGenerator, System.IServiceProvider, Microsoft.Extensions.AI.IEmbeddingGenerator<string, Splade.AI.SparseEmbedding>>;

namespace Microsoft.Extensions.DependencyInjection;

/// <content>Embedding generators.</content>
public static partial class SpladeServiceCollectionExtensions
{
    /// <summary>Adds an embedding generator over an engine, as <c>IEmbeddingGenerator&lt;string, SparseEmbedding&gt;</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="inputType">What texts are where a call's options do not say.</param>
    /// <param name="engineKey">The key of the engine; null for the one that was added without a key.</param>
    /// <param name="decorate">
    /// Puts something around the generator, such as a cache or telemetry of Microsoft.Extensions.AI:
    /// <c>(generator, provider) =&gt; generator.AsBuilder().UseOpenTelemetry().Build(provider)</c>. It is called once the model is loaded, with the
    /// container's root provider. Null for nothing.
    /// </param>
    /// <returns><paramref name="services"/>.</returns>
    /// <remarks>
    /// <para>
    /// It is there at once, and the first call loads the model. <see cref="IEmbeddingGenerator.GetService"/> loads it too, while the caller
    /// waits. Generators with different input types over one engine share its model.
    /// </para>
    /// <para>
    /// Nothing is added as the non-generic <see cref="IEmbeddingGenerator"/>: vector stores would take it for the dense generator that they
    /// look for under that type.
    /// </para>
    /// </remarks>
    public static IServiceCollection AddSpladeEmbeddingGenerator(
        this IServiceCollection services,
        SpladeInputType inputType = SpladeInputType.Document,
        string? engineKey = null,
        SparseDecorator? decorate = null) =>
        services.AddGenerator(key: null, inputType, engineKey, decorate);

    /// <summary>Adds an embedding generator over an engine under a key, as <c>IEmbeddingGenerator&lt;string, SparseEmbedding&gt;</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key of the generator.</param>
    /// <param name="inputType">What texts are where a call's options do not say.</param>
    /// <param name="engineKey">The key of the engine; null for the one that was added without a key.</param>
    /// <param name="decorate">Puts something around the generator, as in <see cref="AddSpladeEmbeddingGenerator"/>; null for nothing.</param>
    /// <inheritdoc cref="AddSpladeEmbeddingGenerator"/>
    public static IServiceCollection AddKeyedSpladeEmbeddingGenerator(
        this IServiceCollection services,
        string serviceKey,
        SpladeInputType inputType = SpladeInputType.Document,
        string? engineKey = null,
        SparseDecorator? decorate = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(serviceKey);
        return services.AddGenerator(serviceKey, inputType, engineKey, decorate);
    }

    private static IServiceCollection AddGenerator(
        this IServiceCollection services,
        string? key,
        SpladeInputType inputType,
        string? engineKey,
        SparseDecorator? decorate)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddKeyedSingleton<IEmbeddingGenerator<string, SparseEmbedding>>(key, (provider, _) =>
        {
            Func<CancellationToken, Task<SpladeEngine>> getEngine = provider.EngineOf(engineKey);
            return new LazyEmbeddingGenerator<SparseEmbedding>(async () =>
            {
                var generator = new SpladeEmbeddingGenerator(await getEngine(CancellationToken.None).ConfigureAwait(false), inputType);
                return decorate?.Invoke(generator, provider) ?? generator;
            });
        });
    }
}
