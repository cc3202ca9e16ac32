namespace Splade.AI.Tests.TestData;

/// <summary>The embedded SPLADE model, loaded once for the tests of a class.</summary>
public sealed class EngineFixture : IAsyncLifetime
{
    public static string ModelFolder { get; } = Path.Combine(Repository.Models, "splade-tiny");

    public SpladeEngine Engine { get; private set; } = null!;

    public async Task InitializeAsync() => Engine = await SpladeEngine.CreateAsync(ModelFolder);

    public async Task DisposeAsync() => await Engine.DisposeAsync();
}
