using Splade.AI.Onnx;
using Splade.AI.TextEncoding;

namespace Splade.AI;

/// <summary>The model of a <see cref="SpladeEngine"/>, loaded: what encodes, and what shows which tokens gave a vector its entries.</summary>
/// <param name="Encoder">What encodes.</param>
/// <param name="Tracer">What shows the tokens.</param>
/// <param name="PrecisionInUse">The precision that the model runs in on all of its devices.</param>
internal sealed record SpladeNeural(TextEncoder<SparseVector> Encoder, SpladeTracer Tracer, PrecisionInUse PrecisionInUse)
{
    /// <summary>Waits for the calls in flight of the encoder, then frees the model. No trace may be under way.</summary>
    public async Task CloseAsync()
    {
        Tracer.Dispose();
        await Encoder.CloseAsync().ConfigureAwait(false);
    }
}
