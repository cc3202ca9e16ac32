using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Splade.AI;
using Splade.Cli.Serving.Routes;

namespace Splade.Cli.Serving;

/// <summary>The models of this machine behind the paths of Text Embeddings Inference and OpenAI.</summary>
/// <remarks>It reads no settings but its own, from no file and no variable, logs nothing, and sends nothing anywhere but its answers.</remarks>
internal sealed class EncoderServer : IAsyncDisposable
{
    private const string Health = "/health";

    private readonly MeterProvider _metrics;
    private readonly WebApplication _application;

    private EncoderServer(ServedModels models, ServeSettings settings)
    {
        Models = models;
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService("splade", autoGenerateServiceInstanceId: false))
            .AddMeter(SpladeTelemetry.MeterName, "Microsoft.AspNetCore.Hosting")
            .AddPrometheusExporter()
            .Build();
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore().AddMetrics().Configure<HostOptions>(host => host.ShutdownTimeout = settings.TimeToEnd);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = settings.MaxBodyBytes;
            kestrel.Listen(settings.Host, settings.Port);
        });
        _application = builder.Build();
        AddRoutes(settings);
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_application.Urls.Single());

    public ServedModels Models { get; }

    /// <summary>Loads the models and listens.</summary>
    public static async Task<EncoderServer> StartAsync(ServeSettings settings, CancellationToken cancellationToken)
    {
        ServedModels models = await ServedModels.LoadAsync(settings, cancellationToken).ConfigureAwait(false);
        var server = new EncoderServer(models, settings);
        try
        {
            await server._application.StartAsync(cancellationToken).ConfigureAwait(false);
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Takes no more connections, and waits until what is under way is done or out of time.</summary>
    public Task StopAsync() => _application.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync().ConfigureAwait(false);
        _metrics.Dispose();
        await Models.DisposeAsync().ConfigureAwait(false);
    }

    private void AddRoutes(ServeSettings settings)
    {
        if (settings.ApiKey is string key)
        {
            // A load balancer asks for the health, and knows no key.
            var check = new KeyCheck(key);
            _application.Use(next => context => context.Request.Path == Health || check.Admit(context) ? next(context) : Task.CompletedTask);
        }

        var texts = new ServedTexts(settings);
        var dense = new DenseRoute(Models.Dense, texts);
        var openAI = new OpenAIRoute(dense);
        _application.MapPost($"/{SparseRoute.Path}", Answers.Tei(new SparseRoute(Models.Sparse, texts).RunAsync));
        _application.MapPost($"/{DenseRoute.Path}", Answers.Tei(dense.RunAsync));
        _application.MapPost($"/{RerankRoute.Path}", Answers.Tei(new RerankRoute(Models.Reranker, texts).RunAsync));
        _application.MapPost("/v1/embeddings", Answers.OpenAI(openAI.RunAsync));
        _application.MapGet("/v1/models", Answers.OpenAI(openAI.ListAsync));
        _application.MapGet("/info", Answers.Tei(new InfoRoute(Models, settings).RunAsync));
        _application.MapGet(Health, (RequestDelegate)(_ => Task.CompletedTask));
        _application.MapPrometheusScrapingEndpoint("/metrics", _metrics, configureBranchedPipeline: null, optionsName: null);
    }
}
