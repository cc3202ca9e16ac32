namespace Splade.AI.Onnx.Tracing;

/// <summary>What is told of each vocabulary entry.</summary>
/// <param name="MostTokens">How many tokens at most, at least 1.</param>
/// <param name="Activate">The activation of a logit above 0. It never falls where its argument grows.</param>
internal sealed record TraceSettings(int MostTokens, Func<float, float> Activate);
