using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Splade.AI;
using Splade.AI.DependencyInjection;
using Bm25Decorator = System.Func<
    Splade.AI.Bm25EmbeddingGenerator, System.IServiceProvider, Microsoft.Extensions.AI.IEmbeddingGenerator<string, Splade.AI.SparseEmbedding>>;

namespace Microsoft.Extensions.DependencyInjection;

/// <content>BM25.</content>
public static partial class SpladeServiceCollectionExtensions
{
    /// <summary>Adds BM25 as a sparse embedding generator. There is no model: it is ready when it is taken from the container.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options; null for their defaults, which are for English.</param>
    /// <param name="inputType">What texts are where a call's options do not say.</param>
    /// <param name="decorate">
    /// Puts something around the generator, such as telemetry of Microsoft.Extensions.AI:
    /// <c>(generator, provider) =&gt; generator.AsBuilder().UseOpenTelemetry().Build(provider)</c>. Null for nothing.
    /// </param>
    /// <returns><paramref name="services"/>.</returns>
    /// <remarks>
    /// It is added as <c>IEmbeddingGenerator&lt;string, SparseEmbedding&gt;</c>. Its options are those of <see cref="IOptions{TOptions}"/>, and its log is
    /// the container's unless they have one.
    /// </remarks>
    public static IServiceCollection AddBm25EmbeddingGenerator(
        this IServiceCollection services,
        Action<Bm25Options>? configure = null,
        EmbeddingInputType inputType = EmbeddingInputType.Document,
        Bm25Decorator? decorate = null) =>
        services.AddKeyedBm25EmbeddingGenerator(serviceKey: null, configure, inputType, decorate);

    /// <summary>Adds BM25 as a sparse embedding generator under a key, one of several.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key, whose text is the name of the options too; null for none.</param>
    /// <param name="configure">Sets the options; null for their defaults, which are for English.</param>
    /// <param name="inputType">What texts are where a call's options do not say.</param>
    /// <param name="decorate">Puts something around the generator; null for nothing.</param>
    /// <inheritdoc cref="AddBm25EmbeddingGenerator(IServiceCollection, Action{Bm25Options}?, EmbeddingInputType, Bm25Decorator?)"/>
    /// <exception cref="ArgumentException">The text of the key is empty.</exception>
    public static IServiceCollection AddKeyedBm25EmbeddingGenerator(
        this IServiceCollection services,
        object? serviceKey,
        Action<Bm25Options>? configure = null,
        EmbeddingInputType inputType = EmbeddingInputType.Document,
        Bm25Decorator? decorate = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ModelServices.RequireKey(serviceKey);
        OptionsBuilder<Bm25Options> builder = services.AddOptions<Bm25Options>(ModelServices.NameOf(serviceKey));
        if (configure is not null)
        {
            builder.Configure(configure);
        }

        return services.AddKeyedSingleton<IEmbeddingGenerator<string, SparseEmbedding>>(serviceKey, (provider, _) =>
        {
            Bm25Options options = provider.GetRequiredService<IOptionsMonitor<Bm25Options>>().Get(builder.Name).Clone();
            options.LoggerFactory ??= provider.GetService<ILoggerFactory>();
            var generator = new Bm25EmbeddingGenerator(options, inputType);
            return decorate?.Invoke(generator, provider) ?? generator;
        });
    }
}
