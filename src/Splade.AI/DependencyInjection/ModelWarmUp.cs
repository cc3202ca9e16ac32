using Microsoft.Extensions.Hosting;

namespace Splade.AI.DependencyInjection;

/// <summary>Loads all models one after another before anything else of a host is started. One that cannot be loaded stops the start.</summary>
internal sealed class ModelWarmUp(IEnumerable<ModelRegistration> models, IServiceProvider services) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        foreach (ModelRegistration model in models)
        {
            await model.LoadAsync(services, cancellationToken).ConfigureAwait(false);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
