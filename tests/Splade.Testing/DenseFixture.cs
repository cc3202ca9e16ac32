using Splade.AI;

namespace Splade.Testing;

/// <summary>The embedded dense model, loaded once for all tests that only use it; none may dispose it.</summary>
public sealed class DenseFixture : IAsyncLifetime
{
    private static readonly Lazy<Task<DenseEmbeddingGenerator>> Shared = new(() => DenseEmbeddingGenerator.CreateAsync(ModelFolder));

    public static string ModelFolder => Path.Combine(Repository.Models, "all-minilm-l6-v2-int8");

    public DenseEmbeddingGenerator Generator { get; private set; } = null!;

    public async Task InitializeAsync() => Generator = await Shared.Value;

    public Task DisposeAsync() => Task.CompletedTask;
}
