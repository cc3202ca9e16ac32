namespace Splade.AI.Architectures.Tables;

/// <summary>A layer normalisation.</summary>
/// <param name="Name">What its tensors' names begin with.</param>
/// <param name="Width">How many numbers it normalises.</param>
/// <param name="Epsilon">What is added to the variance.</param>
/// <param name="HasBias">Whether it has a bias beside its weight.</param>
internal sealed record NormLayer(string Name, int Width, double Epsilon, bool HasBias = true);
