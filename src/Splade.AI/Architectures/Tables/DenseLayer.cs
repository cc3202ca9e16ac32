namespace Splade.AI.Architectures.Tables;

/// <summary>A linear layer: y = x W<sup>T</sup> + b.</summary>
/// <param name="Name">What its tensors' names begin with.</param>
/// <param name="Outputs">The rows of its weight.</param>
/// <param name="Inputs">The columns of its weight.</param>
/// <param name="HasBias">Whether it adds b.</param>
internal sealed record DenseLayer(string Name, int Outputs, int Inputs, bool HasBias = true);
