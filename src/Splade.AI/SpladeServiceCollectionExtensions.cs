using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Splade.AI;
using Splade.AI.DependencyInjection;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds SPLADE engines, sparse and dense embedding generators to the services of an application.</summary>
/// <remarks>
/// <para>
/// A model is loaded by the first who needs it, once for all who ask meanwhile, and disposed with the container. A load that fails leaves
/// nothing behind: whoever asks next tries again, with the settings and files of that time. <see cref="AddSpladeWarmUp"/> loads all models
/// when the host starts.
/// </para>
/// <para>
/// Options are those of <see cref="IOptions{TOptions}"/>, named by the text of the key, so that <c>Configure</c> and <c>PostConfigure</c> reach them.
/// When the host starts, settings and the small files of each model are checked, and a <see cref="OptionsValidationException"/> says what is
/// wrong and under which key of the configuration. Relative folders start from the host's content root, without a host from the working
/// folder; the log is the container's unless the options have one.
/// </para>
/// </remarks>
public static partial class SpladeServiceCollectionExtensions
{
    /// <summary>Adds an engine with the model of a folder.</summary>
    /// <param name="services">The services.</param>
    /// <param name="modelFolder">The model's folder, in the layout of Sentence Transformers, with an ONNX file or weights in it.</param>
    /// <param name="configure">Sets more of the options; null for their defaults.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <remarks>
    /// <para>
    /// It can be taken from the container as <see cref="SpladeEngine"/>. Whoever does so before it is loaded waits for that with a blocked
    /// thread; the embedding generators over it wait without one.
    /// </para>
    /// <para>Added again, it is the same engine: the later settings go before the earlier ones.</para>
    /// </remarks>
    /// <exception cref="ArgumentException">The folder is null, empty or blank.</exception>
    public static IServiceCollection AddSpladeEngine(this IServiceCollection services, string modelFolder, Action<SpladeEngineOptions>? configure = null) =>
        services.AddEngine(key: null, ModelServices.From<SpladeEngineOptions>(modelFolder), configure);

    /// <summary>Adds an engine whose options are in the configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="section">
    /// The section that has them, under the names of the properties of <see cref="SpladeEngineOptions"/>: at least <c>ModelFolder</c>. A key
    /// that is none of these is refused.
    /// </param>
    /// <param name="configure">Sets more of the options, after the section; null for nothing more.</param>
    /// <inheritdoc cref="AddSpladeEngine(IServiceCollection, string, Action{SpladeEngineOptions}?)"/>
    public static IServiceCollection AddSpladeEngine(
        this IServiceCollection services, IConfigurationSection section, Action<SpladeEngineOptions>? configure = null) =>
        services.AddEngine(key: null, ModelServices.From(section, ModelKind.Splade), configure);

    /// <summary>Adds an engine whose options are set by code.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options: at least <see cref="EncoderOptions.ModelFolder"/>.</param>
    /// <inheritdoc cref="AddSpladeEngine(IServiceCollection, string, Action{SpladeEngineOptions}?)"/>
    public static IServiceCollection AddSpladeEngine(this IServiceCollection services, Action<SpladeEngineOptions> configure) =>
        services.AddEngine(key: null, FromCode(configure), configure: null);

    /// <summary>Adds an engine under a key, one of several, with the model of a folder.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key, whose text is the name of the options too; null for none.</param>
    /// <param name="modelFolder">The model's folder, in the layout of Sentence Transformers, with an ONNX file or weights in it.</param>
    /// <param name="configure">Sets more of the options; null for their defaults.</param>
    /// <inheritdoc cref="AddSpladeEngine(IServiceCollection, string, Action{SpladeEngineOptions}?)"/>
    public static IServiceCollection AddKeyedSpladeEngine(
        this IServiceCollection services, object? serviceKey, string modelFolder, Action<SpladeEngineOptions>? configure = null)
    {
        ModelServices.RequireKey(serviceKey);
        return services.AddEngine(serviceKey, ModelServices.From<SpladeEngineOptions>(modelFolder), configure);
    }

    /// <summary>Adds an engine under a key, one of several, whose options are in the configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key, whose text is the name of the options too; null for none.</param>
    /// <param name="section">
    /// The section that has them, under the names of the properties of <see cref="SpladeEngineOptions"/>: at least <c>ModelFolder</c>. A key
    /// that is none of these is refused.
    /// </param>
    /// <param name="configure">Sets more of the options, after the section; null for nothing more.</param>
    /// <inheritdoc cref="AddSpladeEngine(IServiceCollection, string, Action{SpladeEngineOptions}?)"/>
    public static IServiceCollection AddKeyedSpladeEngine(
        this IServiceCollection services, object? serviceKey, IConfigurationSection section, Action<SpladeEngineOptions>? configure = null)
    {
        ModelServices.RequireKey(serviceKey);
        return services.AddEngine(serviceKey, ModelServices.From(section, ModelKind.Splade), configure);
    }

    /// <summary>Adds an engine under a key, one of several, whose options are set by code.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key, whose text is the name of the options too; null for none.</param>
    /// <param name="configure">Sets the options: at least <see cref="EncoderOptions.ModelFolder"/>.</param>
    /// <inheritdoc cref="AddSpladeEngine(IServiceCollection, string, Action{SpladeEngineOptions}?)"/>
    public static IServiceCollection AddKeyedSpladeEngine(this IServiceCollection services, object? serviceKey, Action<SpladeEngineOptions> configure)
    {
        ModelServices.RequireKey(serviceKey);
        return services.AddEngine(serviceKey, FromCode(configure), configure: null);
    }

    /// <summary>Adds the loading of all engines and dense generators, whether they are added before or after this call, when the host starts.</summary>
    /// <param name="services">The services.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <remarks>
    /// The host is not started before they are loaded, so that no request waits for that, and not at all if one cannot be loaded. The ONNX
    /// file of an inference-free model is still left to the first document.
    /// </remarks>
    public static IServiceCollection AddSpladeWarmUp(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ModelWarmUp>());
        return services;
    }

    private static Action<OptionsBuilder<SpladeEngineOptions>> FromCode(Action<SpladeEngineOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return options => options.Configure(configure);
    }

    private static IServiceCollection AddEngine(
        this IServiceCollection services, object? key, Action<OptionsBuilder<SpladeEngineOptions>> source, Action<SpladeEngineOptions>? configure)
    {
        services.AddModel(key, ModelKind.Splade, source, configure, options => SpladeEngine.CreateAsync(options));
        services.TryAddKeyedSingleton(key, (provider, _) => provider.GetRequiredKeyedService<OwnedLoad<SpladeEngine>>(key).Get());
        return services;
    }
}
