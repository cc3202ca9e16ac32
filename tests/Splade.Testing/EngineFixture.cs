using Splade.AI;

namespace Splade.Testing;

/// <summary>The embedded SPLADE model, loaded once for all tests that only use it; none may dispose it.</summary>
public sealed class EngineFixture : IAsyncLifetime
{
    public static string ModelFolder { get; } = Path.Combine(Repository.Models, "splade-tiny");

    private static readonly Lazy<Task<SpladeEngine>> Shared = new(() => SpladeEngine.CreateAsync(ModelFolder));

    public SpladeEngine Engine { get; private set; } = null!;

    public async Task InitializeAsync() => Engine = await Shared.Value;

    public Task DisposeAsync() => Task.CompletedTask;
}
