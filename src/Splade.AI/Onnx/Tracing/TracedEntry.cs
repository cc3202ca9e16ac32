namespace Splade.AI.Onnx.Tracing;

/// <summary>What the tokens that were read at once give a vocabulary entry.</summary>
/// <param name="Weight">What the entry comes to: the largest activation under max pooling, all of them added up under sum pooling.</param>
/// <param name="Tokens">The tokens that give it most, the largest activation first; none if the weight is 0.</param>
internal readonly record struct TracedEntry(float Weight, TokenActivation[] Tokens);
