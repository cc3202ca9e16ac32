namespace Splade.AI.Onnx.Tracing;

/// <summary>What is told of each vocabulary entry.</summary>
/// <param name="MostTokens">How many tokens at most, at least 1.</param>
/// <param name="Activate">The activation of a logit above 0. It never falls where its argument grows.</param>
/// <param name="AddsUp">Whether an entry's weight is the sum of the activations, as under sum pooling, and not the largest of them.</param>
internal sealed record TraceSettings(int MostTokens, Func<float, float> Activate, bool AddsUp);
