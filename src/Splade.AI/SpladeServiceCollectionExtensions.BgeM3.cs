using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Splade.AI;
using Splade.AI.DependencyInjection;

namespace Microsoft.Extensions.DependencyInjection;

/// <content>BGE-M3.</content>
public static partial class SpladeServiceCollectionExtensions
{
    /// <summary>Adds BGE-M3 with the model of a folder: one encoder as a sparse and as a dense embedding generator.</summary>
    /// <param name="services">The services.</param>
    /// <param name="modelFolder">The model's folder, with an ONNX file or weights in it.</param>
    /// <param name="configure">Sets more of the options; null for their defaults.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <remarks>
    /// It is added as <c>IEmbeddingGenerator&lt;string, SparseEmbedding&gt;</c> and as <c>IEmbeddingGenerator&lt;string, Embedding&lt;float&gt;&gt;</c>, and
    /// the first call to either loads the model. A <see cref="Splade.AI.Hybrid.HybridRetriever"/> over both runs it once for both. The encoder itself is
    /// what <c>GetService(typeof(BgeM3Encoder))</c> of either returns.
    /// </remarks>
    /// <exception cref="ArgumentException">The folder is null, empty or blank.</exception>
    public static IServiceCollection AddBgeM3Encoder(this IServiceCollection services, string modelFolder, Action<BgeM3Options>? configure = null) =>
        services.AddBgeM3(key: null, ModelServices.From<BgeM3Options>(modelFolder), configure);

    /// <summary>Adds BGE-M3 whose options are in the configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="section">
    /// The section that has them, under the names of the properties of <see cref="BgeM3Options"/>: at least <c>ModelFolder</c>. A key that is none of
    /// these is refused.
    /// </param>
    /// <param name="configure">Sets more of the options, after the section; null for nothing more.</param>
    /// <inheritdoc cref="AddBgeM3Encoder(IServiceCollection, string, Action{BgeM3Options}?)"/>
    public static IServiceCollection AddBgeM3Encoder(
        this IServiceCollection services, IConfigurationSection section, Action<BgeM3Options>? configure = null) =>
        services.AddBgeM3(key: null, ModelServices.From(section, ModelKind.BgeM3), configure);

    /// <summary>Adds BGE-M3 under a key, one of several models, with the model of a folder.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key, whose text is the name of the options too; null for none.</param>
    /// <param name="modelFolder">The model's folder, with an ONNX file or weights in it.</param>
    /// <param name="configure">Sets more of the options; null for their defaults.</param>
    /// <inheritdoc cref="AddBgeM3Encoder(IServiceCollection, string, Action{BgeM3Options}?)"/>
    public static IServiceCollection AddKeyedBgeM3Encoder(
        this IServiceCollection services, object? serviceKey, string modelFolder, Action<BgeM3Options>? configure = null)
    {
        ModelServices.RequireKey(serviceKey);
        return services.AddBgeM3(serviceKey, ModelServices.From<BgeM3Options>(modelFolder), configure);
    }

    private static IServiceCollection AddBgeM3(
        this IServiceCollection services, object? key, Action<OptionsBuilder<BgeM3Options>> source, Action<BgeM3Options>? configure)
    {
        services.AddModel(key, ModelKind.BgeM3, source, configure, options => BgeM3Encoder.CreateAsync(options));
        services.AddGenerator<BgeM3Encoder, SparseEmbedding>(key, (encoder, _) => encoder.Sparse);
        return services.AddGenerator<BgeM3Encoder, Embedding<float>>(key, (encoder, _) => encoder.Dense);
    }
}
