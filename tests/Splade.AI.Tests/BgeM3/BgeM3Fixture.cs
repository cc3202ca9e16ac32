namespace Splade.AI.Tests.BgeM3;

/// <summary>A small model in the layout of FlagEmbedding, loaded once.</summary>
public sealed class BgeM3Fixture : IAsyncLifetime
{
    public BgeM3Encoder Encoder { get; private set; } = null!;

    public async Task InitializeAsync() => Encoder = await BgeM3Encoder.CreateAsync(
        new BgeM3Options(BgeM3Reference.Folder) { ModelFile = "onnx/model.onnx" });

    public async Task DisposeAsync() => await Encoder.DisposeAsync();
}
