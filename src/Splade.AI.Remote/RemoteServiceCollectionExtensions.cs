using System.Net;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;
using Splade.AI;
using Splade.AI.Remote;
using Splade.AI.Remote.Requests;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds encoders and rerankers of servers to the services of an application.</summary>
/// <remarks>
/// <para>
/// Each has a client of <see cref="IHttpClientFactory"/> with the standard resilience of Microsoft.Extensions.Http.Resilience: requests that fail on their
/// way are repeated, a server that keeps failing is left alone for a while, and no request waits longer than
/// <see cref="RemoteEncoderOptions.RequestTimeout"/>. A server that is too busy (429) is not a failing one: the encoder repeats such requests itself, in
/// halves.
/// </para>
/// <para>
/// Options are those of <see cref="IOptions{TOptions}"/>, named by the text of the key, so that a section of the configuration sets them:
/// <c>services.Configure&lt;TeiSparseEmbeddingGeneratorOptions&gt;(section)</c>.
/// </para>
/// </remarks>
public static class RemoteServiceCollectionExtensions
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(0.5);

    /// <summary>Adds a sparse embedding generator over Text Embeddings Inference or <c>splade serve</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="endpoint">The root of the server, such as <c>http://localhost:8080</c>.</param>
    /// <param name="configure">Sets more of the options; null for their defaults.</param>
    /// <param name="configureClient">Does more to the client, such as handlers of one's own; null for nothing.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <remarks>
    /// It is added as <c>IEmbeddingGenerator&lt;string, SparseEmbedding&gt;</c>, and nothing as the non-generic <see cref="IEmbeddingGenerator"/>. The
    /// server is asked for nothing before the first call. Added again, it is the same generator: the later settings go before the earlier ones.
    /// </remarks>
    public static IServiceCollection AddTeiSparseEmbeddingGenerator(
        this IServiceCollection services,
        Uri endpoint,
        Action<TeiSparseEmbeddingGeneratorOptions>? configure = null,
        Action<IHttpClientBuilder>? configureClient = null) =>
        services.AddKeyedTeiSparseEmbeddingGenerator(serviceKey: null, endpoint, configure, configureClient);

    /// <summary>Adds a sparse embedding generator over Text Embeddings Inference or <c>splade serve</c> under a key, one of several.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key, whose text is the name of the options too; null for none.</param>
    /// <param name="endpoint">The root of the server, such as <c>http://localhost:8080</c>.</param>
    /// <param name="configure">Sets more of the options; null for their defaults.</param>
    /// <param name="configureClient">Does more to the client, such as handlers of one's own; null for nothing.</param>
    /// <inheritdoc cref="AddTeiSparseEmbeddingGenerator"/>
    public static IServiceCollection AddKeyedTeiSparseEmbeddingGenerator(
        this IServiceCollection services,
        object? serviceKey,
        Uri endpoint,
        Action<TeiSparseEmbeddingGeneratorOptions>? configure = null,
        Action<IHttpClientBuilder>? configureClient = null) =>
        services.AddRemote<IEmbeddingGenerator<string, SparseEmbedding>, TeiSparseEmbeddingGeneratorOptions>(
            serviceKey, endpoint, configure, configureClient, (client, options) => new TeiSparseEmbeddingGenerator(client, options, repeats: true));

    /// <summary>Adds a dense embedding generator over Text Embeddings Inference or <c>splade serve --dense</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="endpoint">The root of the server, such as <c>http://localhost:8080</c>.</param>
    /// <param name="configure">Sets more of the options; null for their defaults.</param>
    /// <param name="configureClient">Does more to the client, such as handlers of one's own; null for nothing.</param>
    /// <remarks>
    /// It is added as <c>IEmbeddingGenerator&lt;string, Embedding&lt;float&gt;&gt;</c>, and nothing as the non-generic <see cref="IEmbeddingGenerator"/>. The
    /// server is asked for nothing before the first call. Added again, it is the same generator: the later settings go before the earlier ones.
    /// </remarks>
    /// <inheritdoc cref="AddTeiSparseEmbeddingGenerator"/>
    public static IServiceCollection AddTeiEmbeddingGenerator(
        this IServiceCollection services,
        Uri endpoint,
        Action<TeiEmbeddingGeneratorOptions>? configure = null,
        Action<IHttpClientBuilder>? configureClient = null) =>
        services.AddKeyedTeiEmbeddingGenerator(serviceKey: null, endpoint, configure, configureClient);

    /// <summary>Adds a dense embedding generator over Text Embeddings Inference or <c>splade serve --dense</c> under a key, one of several.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key, whose text is the name of the options too; null for none.</param>
    /// <param name="endpoint">The root of the server, such as <c>http://localhost:8080</c>.</param>
    /// <param name="configure">Sets more of the options; null for their defaults.</param>
    /// <param name="configureClient">Does more to the client, such as handlers of one's own; null for nothing.</param>
    /// <inheritdoc cref="AddTeiEmbeddingGenerator"/>
    public static IServiceCollection AddKeyedTeiEmbeddingGenerator(
        this IServiceCollection services,
        object? serviceKey,
        Uri endpoint,
        Action<TeiEmbeddingGeneratorOptions>? configure = null,
        Action<IHttpClientBuilder>? configureClient = null) =>
        services.AddRemote<IEmbeddingGenerator<string, Embedding<float>>, TeiEmbeddingGeneratorOptions>(
            serviceKey, endpoint, configure, configureClient, (client, options) => new TeiEmbeddingGenerator(client, options, repeats: true));

    /// <summary>Adds a reranker over Text Embeddings Inference or <c>splade serve --rerank</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="endpoint">The root of the server, such as <c>http://localhost:8080</c>.</param>
    /// <param name="configure">Sets more of the options; null for their defaults.</param>
    /// <param name="configureClient">Does more to the client, such as handlers of one's own; null for nothing.</param>
    /// <remarks>
    /// It is added as <see cref="IReranker"/>, so that a retriever of the same container reranks with it. The server is asked for nothing before the
    /// first call. Added again, it is the same reranker: the later settings go before the earlier ones.
    /// </remarks>
    /// <inheritdoc cref="AddTeiSparseEmbeddingGenerator"/>
    public static IServiceCollection AddTeiReranker(
        this IServiceCollection services,
        Uri endpoint,
        Action<TeiRerankerOptions>? configure = null,
        Action<IHttpClientBuilder>? configureClient = null) =>
        services.AddKeyedTeiReranker(serviceKey: null, endpoint, configure, configureClient);

    /// <summary>Adds a reranker over Text Embeddings Inference or <c>splade serve --rerank</c> under a key, one of several.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key, whose text is the name of the options too; null for none.</param>
    /// <param name="endpoint">The root of the server, such as <c>http://localhost:8080</c>.</param>
    /// <param name="configure">Sets more of the options; null for their defaults.</param>
    /// <param name="configureClient">Does more to the client, such as handlers of one's own; null for nothing.</param>
    /// <inheritdoc cref="AddTeiReranker"/>
    public static IServiceCollection AddKeyedTeiReranker(
        this IServiceCollection services,
        object? serviceKey,
        Uri endpoint,
        Action<TeiRerankerOptions>? configure = null,
        Action<IHttpClientBuilder>? configureClient = null) =>
        services.AddRemote<IReranker, TeiRerankerOptions>(
            serviceKey, endpoint, configure, configureClient, (client, options) => new TeiReranker(client, options, repeats: true));

    /// <summary>Adds a reranker over a server of Cohere's shape, such as Infinity, vLLM and Jina.</summary>
    /// <param name="services">The services.</param>
    /// <param name="endpoint">What <c>/rerank</c> comes after, such as <c>http://localhost:7997</c> or <c>https://api.jina.ai/v1</c>.</param>
    /// <param name="model">The model's name there.</param>
    /// <param name="configure">Sets more of the options; null for their defaults.</param>
    /// <param name="configureClient">Does more to the client, such as handlers of one's own; null for nothing.</param>
    /// <inheritdoc cref="AddTeiReranker"/>
    public static IServiceCollection AddCohereReranker(
        this IServiceCollection services,
        Uri endpoint,
        string model,
        Action<CohereRerankerOptions>? configure = null,
        Action<IHttpClientBuilder>? configureClient = null) =>
        services.AddKeyedCohereReranker(serviceKey: null, endpoint, model, configure, configureClient);

    /// <summary>Adds a reranker over a server of Cohere's shape under a key, one of several.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key, whose text is the name of the options too; null for none.</param>
    /// <param name="endpoint">What <c>/rerank</c> comes after, such as <c>http://localhost:7997</c> or <c>https://api.jina.ai/v1</c>.</param>
    /// <param name="model">The model's name there.</param>
    /// <param name="configure">Sets more of the options; null for their defaults.</param>
    /// <param name="configureClient">Does more to the client, such as handlers of one's own; null for nothing.</param>
    /// <inheritdoc cref="AddTeiReranker"/>
    public static IServiceCollection AddKeyedCohereReranker(
        this IServiceCollection services,
        object? serviceKey,
        Uri endpoint,
        string model,
        Action<CohereRerankerOptions>? configure = null,
        Action<IHttpClientBuilder>? configureClient = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        return services.AddRemote<IReranker, CohereRerankerOptions>(
            serviceKey,
            endpoint,
            options =>
            {
                options.Model = model;
                configure?.Invoke(options);
            },
            configureClient,
            (client, options) => new CohereReranker(client, options, repeats: true));
    }

    private static IServiceCollection AddRemote<TService, TOptions>(
        this IServiceCollection services,
        object? key,
        Uri endpoint,
        Action<TOptions>? configure,
        Action<IHttpClientBuilder>? configureClient,
        Func<Func<HttpClient>, TOptions, TService> create)
        where TService : class
        where TOptions : RemoteEncoderOptions, new()
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(endpoint);
        string name = key?.ToString() ?? Options.Options.DefaultName;
        if (key is not null)
        {
            ArgumentException.ThrowIfNullOrEmpty(name, nameof(key));
        }

        var registration = new RemoteRegistration($"Splade.AI.Remote.{typeof(TOptions).Name}.{name}", key);
        bool isNew = IsNew(services, registration);
        services.Configure<TOptions>(name, options => options.Endpoint = endpoint);
        services.Configure(name, configure ?? (_ => { }));
        IHttpClientBuilder client = isNew ? AddClient<TOptions>(services, registration.ClientName, name) : services.AddHttpClient(registration.ClientName);
        configureClient?.Invoke(client);
        return !isNew ? services : services.AddSingleton(registration).AddKeyedSingleton(key, (provider, _) =>
        {
            IHttpClientFactory clients = provider.GetRequiredService<IHttpClientFactory>();
            var options = (TOptions)provider.GetRequiredService<IOptionsMonitor<TOptions>>().Get(name).Copy();
            return create(() => clients.CreateClient(registration.ClientName), options);
        });
    }

    private static bool IsNew(IServiceCollection services, RemoteRegistration registration)
    {
        RemoteRegistration? other = services
            .Select(service => service.IsKeyedService ? null : service.ImplementationInstance as RemoteRegistration)
            .FirstOrDefault(other => other?.ClientName == registration.ClientName);
        return other is null || Equals(other.Key, registration.Key) ? other is null : throw new ArgumentException(
            $"An encoder of another key, of type {other.Key?.GetType().Name}, has the text '{other.Key}' too, by which options and clients are named. "
            + "Give keys of different texts.",
            nameof(registration));
    }

    private static IHttpClientBuilder AddClient<TOptions>(IServiceCollection services, string clientName, string optionsName)
        where TOptions : RemoteEncoderOptions, new()
    {
        // The resilience below has the limits of time.
        IHttpClientBuilder client = services
            .AddHttpClient(clientName, c => c.Timeout = Timeout.InfiniteTimeSpan)
            .RedactLoggedHeaders(["Authorization"]);
        client.AddStandardResilienceHandler().Configure((resilience, provider) =>
        {
            TimeSpan limit = provider.GetRequiredService<IOptionsMonitor<TOptions>>().Get(optionsName).RequestTimeout;
            resilience.Retry.Delay = FirstWait;
            resilience.AttemptTimeout.Timeout = limit;
            resilience.TotalRequestTimeout.Timeout = limit * 2;
            resilience.CircuitBreaker.SamplingDuration = limit * 2 > TimeSpan.FromSeconds(30) ? limit * 2 : TimeSpan.FromSeconds(30);
            resilience.CircuitBreaker.ShouldHandle = args => ValueTask.FromResult(IsFailure(args.Outcome));
            resilience.Retry.ShouldHandle = args => ValueTask.FromResult(IsFailure(args.Outcome));
        });
        return client;
    }

    private static bool IsFailure(Outcome<HttpResponseMessage> outcome) =>
        outcome.Result?.StatusCode != HttpStatusCode.TooManyRequests && HttpClientResiliencePredicates.IsTransient(outcome);
}
