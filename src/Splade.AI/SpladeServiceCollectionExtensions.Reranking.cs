using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Splade.AI;
using Splade.AI.DependencyInjection;

namespace Microsoft.Extensions.DependencyInjection;

/// <content>Rerankers.</content>
public static partial class SpladeServiceCollectionExtensions
{
    /// <summary>Adds a <see cref="CrossEncoderReranker"/> with the model of a folder.</summary>
    /// <param name="services">The services.</param>
    /// <param name="modelFolder">The model's folder: that of a <c>...ForSequenceClassification</c>, with an ONNX file or weights in it.</param>
    /// <param name="configure">Sets more of the options; null for their defaults.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <remarks>
    /// It is added as <see cref="IReranker"/>, and the first call loads the model. A retriever that is added by
    /// <see cref="AddSpladeHybridRetriever(IServiceCollection, Splade.AI.Hybrid.IHybridStore, object)"/> reranks with it.
    /// </remarks>
    /// <exception cref="ArgumentException">The folder is null, empty or blank.</exception>
    public static IServiceCollection AddCrossEncoderReranker(
        this IServiceCollection services, string modelFolder, Action<CrossEncoderRerankerOptions>? configure = null) =>
        services.AddReranker(key: null, ModelServices.From<CrossEncoderRerankerOptions>(modelFolder), configure);

    /// <summary>Adds a <see cref="CrossEncoderReranker"/> whose options are in the configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="section">
    /// The section that has them, under the names of the properties of <see cref="CrossEncoderRerankerOptions"/>: at least <c>ModelFolder</c>. A key that
    /// is none of these is refused.
    /// </param>
    /// <param name="configure">Sets more of the options, after the section; null for nothing more.</param>
    /// <inheritdoc cref="AddCrossEncoderReranker(IServiceCollection, string, Action{CrossEncoderRerankerOptions}?)"/>
    public static IServiceCollection AddCrossEncoderReranker(
        this IServiceCollection services, IConfigurationSection section, Action<CrossEncoderRerankerOptions>? configure = null) =>
        services.AddReranker(key: null, ModelServices.From(section, ModelKind.Reranker), configure);

    /// <summary>Adds a <see cref="CrossEncoderReranker"/> under a key, one of several, with the model of a folder.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key, whose text is the name of the options too; null for none.</param>
    /// <param name="modelFolder">The model's folder: that of a <c>...ForSequenceClassification</c>, with an ONNX file or weights in it.</param>
    /// <param name="configure">Sets more of the options; null for their defaults.</param>
    /// <inheritdoc cref="AddCrossEncoderReranker(IServiceCollection, string, Action{CrossEncoderRerankerOptions}?)"/>
    public static IServiceCollection AddKeyedCrossEncoderReranker(
        this IServiceCollection services, object? serviceKey, string modelFolder, Action<CrossEncoderRerankerOptions>? configure = null)
    {
        ModelServices.RequireKey(serviceKey);
        return services.AddReranker(serviceKey, ModelServices.From<CrossEncoderRerankerOptions>(modelFolder), configure);
    }

    /// <summary>Adds a <see cref="CrossEncoderReranker"/> under a key, one of several, whose options are in the configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key, whose text is the name of the options too; null for none.</param>
    /// <param name="section">
    /// The section that has them, under the names of the properties of <see cref="CrossEncoderRerankerOptions"/>: at least <c>ModelFolder</c>. A key that
    /// is none of these is refused.
    /// </param>
    /// <param name="configure">Sets more of the options, after the section; null for nothing more.</param>
    /// <inheritdoc cref="AddCrossEncoderReranker(IServiceCollection, string, Action{CrossEncoderRerankerOptions}?)"/>
    public static IServiceCollection AddKeyedCrossEncoderReranker(
        this IServiceCollection services, object? serviceKey, IConfigurationSection section, Action<CrossEncoderRerankerOptions>? configure = null)
    {
        ModelServices.RequireKey(serviceKey);
        return services.AddReranker(serviceKey, ModelServices.From(section, ModelKind.Reranker), configure);
    }

    private static IServiceCollection AddReranker(
        this IServiceCollection services,
        object? key,
        Action<OptionsBuilder<CrossEncoderRerankerOptions>> source,
        Action<CrossEncoderRerankerOptions>? configure)
    {
        services.AddModel(key, ModelKind.Reranker, source, configure, options => CrossEncoderReranker.CreateAsync(options));
        return services.AddKeyedSingleton<IReranker>(
            key, (provider, _) => new LazyReranker<CrossEncoderReranker>(provider.GetRequiredKeyedService<OwnedLoad<CrossEncoderReranker>>(key)));
    }
}
