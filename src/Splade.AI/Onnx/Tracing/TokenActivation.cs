namespace Splade.AI.Onnx.Tracing;

/// <summary>What a token gives a vocabulary entry.</summary>
/// <param name="Position">The token's place in what the model read, from 0.</param>
/// <param name="Activation">Its logit after the activation.</param>
internal readonly record struct TokenActivation(int Position, float Activation);
