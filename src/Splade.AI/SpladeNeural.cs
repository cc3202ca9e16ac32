using Splade.AI.Onnx;

namespace Splade.AI;

/// <summary>The model of a <see cref="SpladeEngine"/>, loaded: what encodes, and what shows which tokens gave a vector its entries.</summary>
internal sealed record SpladeNeural(TextEncoder<SparseVector> Encoder, SpladeTracer Tracer)
{
    /// <summary>Waits for the calls in flight of the encoder, then frees the model. No trace may be under way.</summary>
    public async Task CloseAsync()
    {
        Tracer.Dispose();
        await Encoder.CloseAsync().ConfigureAwait(false);
    }
}
