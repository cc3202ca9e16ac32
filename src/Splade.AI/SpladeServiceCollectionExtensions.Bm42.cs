using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Splade.AI;
using Splade.AI.DependencyInjection;
using Bm42Decorator = System.Func<
    Splade.AI.Bm42EmbeddingGenerator, System.IServiceProvider, Microsoft.Extensions.AI.IEmbeddingGenerator<string, Splade.AI.SparseEmbedding>>;

namespace Microsoft.Extensions.DependencyInjection;

/// <content>BM42.</content>
public static partial class SpladeServiceCollectionExtensions
{
    /// <summary>Adds BM42 as a sparse embedding generator, with the model of a folder.</summary>
    /// <param name="services">The services.</param>
    /// <param name="modelFolder">The model's folder, in FastEmbed's layout.</param>
    /// <param name="configure">Sets more of the options; null for their defaults.</param>
    /// <param name="decorate">Puts something around the generator, as around that of a SPLADE model; null for nothing.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <remarks>It is added as <c>IEmbeddingGenerator&lt;string, SparseEmbedding&gt;</c>, and the first call loads the model.</remarks>
    /// <exception cref="ArgumentException">The folder is null, empty or blank.</exception>
    public static IServiceCollection AddBm42EmbeddingGenerator(
        this IServiceCollection services, string modelFolder, Action<Bm42Options>? configure = null, Bm42Decorator? decorate = null) =>
        services.AddBm42(key: null, ModelServices.From<Bm42Options>(modelFolder), configure, decorate);

    /// <summary>Adds BM42 as a sparse embedding generator whose options are in the configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="section">
    /// The section that has them, under the names of the properties of <see cref="Bm42Options"/>: at least <c>ModelFolder</c>. A key that is none of
    /// these is refused.
    /// </param>
    /// <param name="configure">Sets more of the options, after the section; null for nothing more.</param>
    /// <param name="decorate">Puts something around the generator, as around that of a SPLADE model; null for nothing.</param>
    /// <inheritdoc cref="AddBm42EmbeddingGenerator(IServiceCollection, string, Action{Bm42Options}?, Bm42Decorator?)"/>
    public static IServiceCollection AddBm42EmbeddingGenerator(
        this IServiceCollection services, IConfigurationSection section, Action<Bm42Options>? configure = null, Bm42Decorator? decorate = null) =>
        services.AddBm42(key: null, ModelServices.From(section, ModelKind.Bm42), configure, decorate);

    /// <summary>Adds BM42 as a sparse embedding generator under a key, one of several, with the model of a folder.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key, whose text is the name of the options too; null for none.</param>
    /// <param name="modelFolder">The model's folder, in FastEmbed's layout.</param>
    /// <param name="configure">Sets more of the options; null for their defaults.</param>
    /// <param name="decorate">Puts something around the generator, as around that of a SPLADE model; null for nothing.</param>
    /// <inheritdoc cref="AddBm42EmbeddingGenerator(IServiceCollection, string, Action{Bm42Options}?, Bm42Decorator?)"/>
    public static IServiceCollection AddKeyedBm42EmbeddingGenerator(
        this IServiceCollection services,
        object? serviceKey,
        string modelFolder,
        Action<Bm42Options>? configure = null,
        Bm42Decorator? decorate = null)
    {
        ModelServices.RequireKey(serviceKey);
        return services.AddBm42(serviceKey, ModelServices.From<Bm42Options>(modelFolder), configure, decorate);
    }

    private static IServiceCollection AddBm42(
        this IServiceCollection services,
        object? key,
        Action<OptionsBuilder<Bm42Options>> source,
        Action<Bm42Options>? configure,
        Bm42Decorator? decorate)
    {
        services.AddModel(key, ModelKind.Bm42, source, configure, options => Bm42EmbeddingGenerator.CreateAsync(options));
        return services.AddGenerator<Bm42EmbeddingGenerator, SparseEmbedding>(key, (generator, provider) => decorate?.Invoke(generator, provider) ?? generator);
    }
}
