using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Splade.AI;
using Splade.AI.DependencyInjection;
using SparseDecorator = System.Func<
    Splade.AI.SpladeEmbeddingGenerator, System.IServiceProvider, Microsoft.Extensions.AI.IEmbeddingGenerator<string, Splade.AI.SparseEmbedding>>;

namespace Microsoft.Extensions.DependencyInjection;

/// <content>Sparse embedding generators.</content>
public static partial class SpladeServiceCollectionExtensions
{
    /// <summary>Adds a sparse embedding generator, and the engine under it, with the model of a folder.</summary>
    /// <param name="services">The services.</param>
    /// <param name="modelFolder">The model's folder, in the layout of Sentence Transformers, with an ONNX file or weights in it.</param>
    /// <param name="configure">Sets more of the options; null for their defaults.</param>
    /// <param name="inputType">What texts are where a call's options do not say.</param>
    /// <param name="decorate">
    /// Puts something around the generator, such as a cache or telemetry of Microsoft.Extensions.AI:
    /// <c>(generator, provider) =&gt; generator.AsBuilder().UseOpenTelemetry().Build(provider)</c>. It is called once the model is loaded, with the
    /// container's root provider. Null for nothing.
    /// </param>
    /// <returns><paramref name="services"/>.</returns>
    /// <remarks>
    /// <para>
    /// It is added as <c>IEmbeddingGenerator&lt;string, SparseEmbedding&gt;</c>, and the engine as <see cref="SpladeEngine"/>. It is there at once,
    /// and the first call loads the model. <see cref="IEmbeddingGenerator.GetService"/> loads it too, while the caller waits. Generators with
    /// different input types over one engine share its model.
    /// </para>
    /// <para>
    /// Nothing is added as the non-generic <see cref="IEmbeddingGenerator"/>: vector stores would take it for the dense generator that they
    /// look for under that type.
    /// </para>
    /// </remarks>
    /// <exception cref="ArgumentException">The folder is null, empty or blank.</exception>
    public static IServiceCollection AddSpladeEmbeddingGenerator(
        this IServiceCollection services,
        string modelFolder,
        Action<SpladeEngineOptions>? configure = null,
        EmbeddingInputType inputType = EmbeddingInputType.Document,
        SparseDecorator? decorate = null) =>
        services.AddKeyedSpladeEmbeddingGenerator(serviceKey: null, modelFolder, configure, inputType, decorate);

    /// <summary>Adds a sparse embedding generator, and the engine under it, whose options are in the configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="section">
    /// The section that has them, under the names of the properties of <see cref="SpladeEngineOptions"/>: at least <c>ModelFolder</c>. A key
    /// that is none of these is refused.
    /// </param>
    /// <param name="configure">Sets more of the options, after the section; null for nothing more.</param>
    /// <param name="inputType">What texts are where a call's options do not say.</param>
    /// <param name="decorate">Puts something around the generator; null for nothing.</param>
    /// <inheritdoc cref="AddSpladeEmbeddingGenerator(IServiceCollection, string, Action{SpladeEngineOptions}?, EmbeddingInputType, SparseDecorator?)"/>
    public static IServiceCollection AddSpladeEmbeddingGenerator(
        this IServiceCollection services,
        IConfigurationSection section,
        Action<SpladeEngineOptions>? configure = null,
        EmbeddingInputType inputType = EmbeddingInputType.Document,
        SparseDecorator? decorate = null) =>
        services.AddKeyedSpladeEmbeddingGenerator(serviceKey: null, section, configure, inputType, decorate);

    /// <summary>Adds a sparse embedding generator over an engine that is added by itself.</summary>
    /// <param name="services">The services.</param>
    /// <param name="inputType">What texts are where a call's options do not say.</param>
    /// <param name="engineKey">The key of the engine; null for the one that was added without a key.</param>
    /// <param name="decorate">Puts something around the generator; null for nothing.</param>
    /// <inheritdoc cref="AddSpladeEmbeddingGenerator(IServiceCollection, string, Action{SpladeEngineOptions}?, EmbeddingInputType, SparseDecorator?)"/>
    public static IServiceCollection AddSpladeEmbeddingGenerator(
        this IServiceCollection services,
        EmbeddingInputType inputType = EmbeddingInputType.Document,
        object? engineKey = null,
        SparseDecorator? decorate = null) =>
        services.AddGenerator(key: null, inputType, engineKey, decorate);

    /// <summary>Adds a sparse embedding generator, and the engine under it, under a key, one of several, with the model of a folder.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key of both, whose text is the name of the options too; null for none.</param>
    /// <param name="modelFolder">The model's folder, in the layout of Sentence Transformers, with an ONNX file or weights in it.</param>
    /// <param name="configure">Sets more of the options; null for their defaults.</param>
    /// <param name="inputType">What texts are where a call's options do not say.</param>
    /// <param name="decorate">Puts something around the generator; null for nothing.</param>
    /// <inheritdoc cref="AddSpladeEmbeddingGenerator(IServiceCollection, string, Action{SpladeEngineOptions}?, EmbeddingInputType, SparseDecorator?)"/>
    public static IServiceCollection AddKeyedSpladeEmbeddingGenerator(
        this IServiceCollection services,
        object? serviceKey,
        string modelFolder,
        Action<SpladeEngineOptions>? configure = null,
        EmbeddingInputType inputType = EmbeddingInputType.Document,
        SparseDecorator? decorate = null) =>
        services.AddKeyedSpladeEngine(serviceKey, modelFolder, configure).AddGenerator(serviceKey, inputType, serviceKey, decorate);

    /// <summary>Adds a sparse embedding generator, and the engine under it, under a key, one of several, whose options are in the configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key of both, whose text is the name of the options too; null for none.</param>
    /// <param name="section">
    /// The section that has them, under the names of the properties of <see cref="SpladeEngineOptions"/>: at least <c>ModelFolder</c>. A key
    /// that is none of these is refused.
    /// </param>
    /// <param name="configure">Sets more of the options, after the section; null for nothing more.</param>
    /// <param name="inputType">What texts are where a call's options do not say.</param>
    /// <param name="decorate">Puts something around the generator; null for nothing.</param>
    /// <inheritdoc cref="AddSpladeEmbeddingGenerator(IServiceCollection, string, Action{SpladeEngineOptions}?, EmbeddingInputType, SparseDecorator?)"/>
    public static IServiceCollection AddKeyedSpladeEmbeddingGenerator(
        this IServiceCollection services,
        object? serviceKey,
        IConfigurationSection section,
        Action<SpladeEngineOptions>? configure = null,
        EmbeddingInputType inputType = EmbeddingInputType.Document,
        SparseDecorator? decorate = null) =>
        services.AddKeyedSpladeEngine(serviceKey, section, configure).AddGenerator(serviceKey, inputType, serviceKey, decorate);

    /// <summary>Adds a sparse embedding generator under a key over an engine that is added by itself.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key of the generator; null for none.</param>
    /// <param name="inputType">What texts are where a call's options do not say.</param>
    /// <param name="engineKey">The key of the engine; null for the one that was added without a key.</param>
    /// <param name="decorate">Puts something around the generator; null for nothing.</param>
    /// <inheritdoc cref="AddSpladeEmbeddingGenerator(IServiceCollection, string, Action{SpladeEngineOptions}?, EmbeddingInputType, SparseDecorator?)"/>
    public static IServiceCollection AddKeyedSpladeEmbeddingGenerator(
        this IServiceCollection services,
        object? serviceKey,
        EmbeddingInputType inputType = EmbeddingInputType.Document,
        object? engineKey = null,
        SparseDecorator? decorate = null)
    {
        ModelServices.RequireKey(serviceKey);
        return services.AddGenerator(serviceKey, inputType, engineKey, decorate);
    }

    private static IServiceCollection AddGenerator(
        this IServiceCollection services,
        object? key,
        EmbeddingInputType inputType,
        object? engineKey,
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
