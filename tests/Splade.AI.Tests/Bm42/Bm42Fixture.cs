namespace Splade.AI.Tests.Bm42;

/// <summary>A small model in FastEmbed's layout of BM42, loaded once.</summary>
public sealed class Bm42Fixture : IAsyncLifetime
{
    public Bm42EmbeddingGenerator Generator { get; private set; } = null!;

    public async Task InitializeAsync() => Generator = await Bm42EmbeddingGenerator.CreateAsync(Bm42Reference.Folder);

    public async Task DisposeAsync() => await Generator.DisposeAsync();
}
