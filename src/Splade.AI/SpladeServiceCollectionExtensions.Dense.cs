using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Splade.AI;
using Splade.AI.DependencyInjection;
using DenseDecorator = System.Func<
    Splade.AI.DenseEmbeddingGenerator, System.IServiceProvider, Microsoft.Extensions.AI.IEmbeddingGenerator<string, Microsoft.Extensions.AI.Embedding<float>>>;

namespace Microsoft.Extensions.DependencyInjection;

/// <content>Dense embedding generators, the other half of hybrid search.</content>
public static partial class SpladeServiceCollectionExtensions
{
    /// <summary>Adds a <see cref="DenseEmbeddingGenerator"/> with the model of a folder.</summary>
    /// <param name="services">The services.</param>
    /// <param name="modelFolder">The model's folder, in the layout of Sentence Transformers, with an ONNX file or weights in it.</param>
    /// <param name="configure">Sets more of the options; null for their defaults.</param>
    /// <param name="decorate">Puts something around the generator, as around a sparse one; null for nothing.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <remarks>
    /// It is added as <c>IEmbeddingGenerator&lt;string, Embedding&lt;float&gt;&gt;</c>, and the first call loads the model. Added again, it has the
    /// same model: the later settings go before the earlier ones. Nothing is added as the non-generic <see cref="IEmbeddingGenerator"/>.
    /// </remarks>
    /// <exception cref="ArgumentException">The folder is null, empty or blank.</exception>
    public static IServiceCollection AddSpladeDenseEmbeddingGenerator(
        this IServiceCollection services,
        string modelFolder,
        Action<DenseEmbeddingGeneratorOptions>? configure = null,
        DenseDecorator? decorate = null) =>
        services.AddDense(key: null, ModelServices.From<DenseEmbeddingGeneratorOptions>(modelFolder), configure, decorate);

    /// <summary>Adds a <see cref="DenseEmbeddingGenerator"/> whose options are in the configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="section">
    /// The section that has them, under the names of the properties of <see cref="DenseEmbeddingGeneratorOptions"/>: at least
    /// <c>ModelFolder</c>. A key that is none of these is refused.
    /// </param>
    /// <param name="configure">Sets more of the options, after the section; null for nothing more.</param>
    /// <param name="decorate">Puts something around the generator, as around a sparse one; null for nothing.</param>
    /// <inheritdoc cref="AddSpladeDenseEmbeddingGenerator(IServiceCollection, string, Action{DenseEmbeddingGeneratorOptions}?, DenseDecorator?)"/>
    public static IServiceCollection AddSpladeDenseEmbeddingGenerator(
        this IServiceCollection services,
        IConfigurationSection section,
        Action<DenseEmbeddingGeneratorOptions>? configure = null,
        DenseDecorator? decorate = null) =>
        services.AddDense(key: null, ModelServices.From(section, ModelKind.Dense), configure, decorate);

    /// <summary>Adds a <see cref="DenseEmbeddingGenerator"/> under a key, one of several, with the model of a folder.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key, whose text is the name of the options too; null for none.</param>
    /// <param name="modelFolder">The model's folder, in the layout of Sentence Transformers, with an ONNX file or weights in it.</param>
    /// <param name="configure">Sets more of the options; null for their defaults.</param>
    /// <param name="decorate">Puts something around the generator, as around a sparse one; null for nothing.</param>
    /// <inheritdoc cref="AddSpladeDenseEmbeddingGenerator(IServiceCollection, string, Action{DenseEmbeddingGeneratorOptions}?, DenseDecorator?)"/>
    public static IServiceCollection AddKeyedSpladeDenseEmbeddingGenerator(
        this IServiceCollection services,
        object? serviceKey,
        string modelFolder,
        Action<DenseEmbeddingGeneratorOptions>? configure = null,
        DenseDecorator? decorate = null)
    {
        ModelServices.RequireKey(serviceKey);
        return services.AddDense(serviceKey, ModelServices.From<DenseEmbeddingGeneratorOptions>(modelFolder), configure, decorate);
    }

    /// <summary>Adds a <see cref="DenseEmbeddingGenerator"/> under a key, one of several, whose options are in the configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key, whose text is the name of the options too; null for none.</param>
    /// <param name="section">
    /// The section that has them, under the names of the properties of <see cref="DenseEmbeddingGeneratorOptions"/>: at least
    /// <c>ModelFolder</c>. A key that is none of these is refused.
    /// </param>
    /// <param name="configure">Sets more of the options, after the section; null for nothing more.</param>
    /// <param name="decorate">Puts something around the generator, as around a sparse one; null for nothing.</param>
    /// <inheritdoc cref="AddSpladeDenseEmbeddingGenerator(IServiceCollection, string, Action{DenseEmbeddingGeneratorOptions}?, DenseDecorator?)"/>
    public static IServiceCollection AddKeyedSpladeDenseEmbeddingGenerator(
        this IServiceCollection services,
        object? serviceKey,
        IConfigurationSection section,
        Action<DenseEmbeddingGeneratorOptions>? configure = null,
        DenseDecorator? decorate = null)
    {
        ModelServices.RequireKey(serviceKey);
        return services.AddDense(serviceKey, ModelServices.From(section, ModelKind.Dense), configure, decorate);
    }

    private static IServiceCollection AddDense(
        this IServiceCollection services,
        object? key,
        Action<OptionsBuilder<DenseEmbeddingGeneratorOptions>> source,
        Action<DenseEmbeddingGeneratorOptions>? configure,
        DenseDecorator? decorate)
    {
        services.AddModel(key, ModelKind.Dense, source, configure, options => DenseEmbeddingGenerator.CreateAsync(options));
        return services.AddGenerator<DenseEmbeddingGenerator, Embedding<float>>(key, (generator, provider) => decorate?.Invoke(generator, provider) ?? generator);
    }
}
