namespace Splade.AI.DependencyInjection;

/// <summary>A model that was added to the services.</summary>
/// <param name="Kind">What it is called in messages.</param>
/// <param name="Key">The key under which it was added; null for none.</param>
/// <param name="LoadAsync">Loads it, if it is not loaded yet.</param>
internal sealed record ModelRegistration(string Kind, object? Key, Func<IServiceProvider, CancellationToken, Task> LoadAsync);
