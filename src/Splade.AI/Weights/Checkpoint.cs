namespace Splade.AI.Weights;

/// <summary>The tensors of a model's weight files.</summary>
/// <param name="Files">The files that hold them, full paths.</param>
/// <param name="Tensors">The tensors by name.</param>
internal sealed record Checkpoint(IReadOnlyList<string> Files, IReadOnlyDictionary<string, WeightTensor> Tensors);
