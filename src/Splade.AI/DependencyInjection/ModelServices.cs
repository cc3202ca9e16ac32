using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Splade.AI.DependencyInjection;

/// <summary>What the extensions of a service collection have in common.</summary>
internal static class ModelServices
{
    /// <summary>Options with the model of a folder.</summary>
    public static Action<OptionsBuilder<TOptions>> From<TOptions>(string modelFolder)
        where TOptions : EncoderOptions, new()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(modelFolder);
        return options => options.Configure(o => o.ModelFolder = modelFolder);
    }

    /// <summary>Options from a section of the configuration.</summary>
    public static Action<OptionsBuilder<TOptions>> From<TOptions>(IConfigurationSection section, ModelKind<TOptions> kind)
        where TOptions : EncoderOptions, new()
    {
        ArgumentNullException.ThrowIfNull(section);
        return options =>
        {
            options.Services.AddSingleton(Create);
            options.Services.AddSingleton<IConfigureOptions<TOptions>>(Create);

            ConfiguredSection<TOptions> Create(IServiceProvider services) =>
                new(options.Name, section, kind, services.GetService<IHostEnvironment>()?.ContentRootPath);
        };
    }

    /// <exception cref="ArgumentException">The key is an empty text, which as the name of options means none.</exception>
    public static void RequireKey(object? serviceKey)
    {
        if (serviceKey is not null)
        {
            ArgumentException.ThrowIfNullOrEmpty(serviceKey.ToString(), nameof(serviceKey));
        }
    }

    /// <summary>Adds a model: its options, set by the caller, completed by the host, checked at its start; and its load, which the container owns.</summary>
    public static IServiceCollection AddModel<TModel, TOptions>(
        this IServiceCollection services,
        object? key,
        ModelKind<TOptions> kind,
        Action<OptionsBuilder<TOptions>> source,
        Action<TOptions>? configure,
        Func<TOptions, Task<TModel>> load)
        where TModel : class, IDisposable
        where TOptions : EncoderOptions, new()
    {
        ArgumentNullException.ThrowIfNull(services);
        string name = NameOf(key);
        RequireOneKey(services, kind.Name, name, key);
        services.TryAddSingleton(kind);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<TOptions>, ModelOptionsDefaults<TOptions>>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TOptions>, ModelOptionsCheck<TOptions>>());
        OptionsBuilder<TOptions> options = services.AddOptions<TOptions>(name).ValidateOnStart();
        source(options);
        if (configure is not null)
        {
            options.Configure(configure);
        }

        if (services.Any(service => service.ServiceType == typeof(OwnedLoad<TModel>) && Equals(service.ServiceKey, key)))
        {
            return services;
        }

        services.AddSingleton(new ModelRegistration(kind.Name, key, (provider, token) =>
            provider.GetRequiredKeyedService<OwnedLoad<TModel>>(key).GetAsync(token)));
        return services.AddKeyedSingleton(key, (provider, _) =>
        {
            Func<TOptions> create = provider.OptionsOf<TOptions>(key);
            return new OwnedLoad<TModel>(() => load(create()));
        });
    }

    /// <summary>Adds a generator over the model of a key, which the first call loads.</summary>
    /// <param name="services">The services.</param>
    /// <param name="key">The key of both.</param>
    /// <param name="create">Makes the generator of the loaded model.</param>
    public static IServiceCollection AddGenerator<TModel, TEmbedding>(
        this IServiceCollection services, object? key, Func<TModel, IServiceProvider, IEmbeddingGenerator<string, TEmbedding>> create)
        where TModel : class, IDisposable
        where TEmbedding : Embedding =>
        services.AddKeyedSingleton<IEmbeddingGenerator<string, TEmbedding>>(key, (provider, _) =>
        {
            OwnedLoad<TModel> model = provider.GetRequiredKeyedService<OwnedLoad<TModel>>(key);
            return new LazyEmbeddingGenerator<TEmbedding>(async () => create(await model.GetAsync().ConfigureAwait(false), provider));
        });

    /// <summary>How to get the engine of a key: one that was added here, else one that the application has put there itself.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static Func<CancellationToken, Task<SpladeEngine>> EngineOf(this IServiceProvider services, object? key)
    {
        if (services.GetKeyedService<OwnedLoad<SpladeEngine>>(key) is OwnedLoad<SpladeEngine> load)
        {
            return load.GetAsync;
        }

        SpladeEngine engine = services.GetKeyedService<SpladeEngine>(key) ?? throw NoEngine(services, key);
        return _ => Task.FromResult(engine);
    }

    /// <summary>Whether there is an engine under a key.</summary>
    public static bool HasEngine(this IServiceProvider services, object? key) =>
        services.GetKeyedService<OwnedLoad<SpladeEngine>>(key) is not null || services.GetKeyedService<SpladeEngine>(key) is not null;

    /// <summary>What has a key, else what has none.</summary>
    /// <param name="services">The container.</param>
    /// <param name="key">The key; null for none.</param>
    /// <param name="name">What it is, in words that fit after "No".</param>
    /// <param name="remedy">How it is added, in words that fit after "Call".</param>
    /// <exception cref="InvalidOperationException">There is neither.</exception>
    public static T KeyedOrPlain<T>(this IServiceProvider services, object? key, string name, string remedy)
        where T : class => services.GetKeyedService<T>(key) ?? services.GetService<T>() ?? throw new InvalidOperationException(
            $"No {name} was added{(key is null ? "" : $", neither under the key '{key}' nor without one")}. Call {remedy}.");

    /// <summary>
    /// Makes the options of a model as they are whenever it is called, by then perhaps with other settings and files. What it takes from the
    /// container it takes now: a load that did so would wait for whoever waits for the load.
    /// </summary>
    private static Func<TOptions> OptionsOf<TOptions>(this IServiceProvider services, object? key)
        where TOptions : EncoderOptions, new()
    {
        IOptionsFactory<TOptions> factory = services.GetRequiredService<IOptionsFactory<TOptions>>();
        return () => factory.Create(NameOf(key));
    }

    /// <summary>The name of the options of a key.</summary>
    public static string NameOf(object? key) => key?.ToString() ?? Options.DefaultName;

    private static void RequireOneKey(IServiceCollection services, string kind, string name, object? key)
    {
        IEnumerable<ModelRegistration> others = services
            .Where(service => service is { IsKeyedService: false, ImplementationInstance: ModelRegistration })
            .Select(service => (ModelRegistration)service.ImplementationInstance!);
        if (others.FirstOrDefault(o => o.Kind == kind && NameOf(o.Key) == name && !Equals(o.Key, key)) is ModelRegistration other)
        {
            throw new ArgumentException(
                $"The {kind} of another key, of type {other.Key?.GetType().Name}, has the text '{name}' too, by which options are named. "
                + "Give keys of different texts.",
                nameof(key));
        }
    }

    private static InvalidOperationException NoEngine(IServiceProvider services, object? key)
    {
        string[] others =
        [
            .. services.GetServices<ModelRegistration>()
                .Where(model => model.Kind == ModelKind.Splade.Name)
                .Select(model => model.Key is null ? "one without a key" : $"'{model.Key}'"),
        ];
        (string found, string other) = others.Length == 0 ? ("", "") : ($", only [{string.Join(", ", others)}]", ", or name another key as the engine's");
        return new InvalidOperationException(
            $"No SPLADE engine was added {(key is null ? "without a key" : $"under the key '{key}'")}{found}. "
            + $"Call {(key is null ? "AddSpladeEngine" : "AddKeyedSpladeEngine with that key")}{other}.");
    }
}
