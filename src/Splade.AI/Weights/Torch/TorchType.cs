namespace Splade.AI.Weights.Torch;

/// <summary>A type of numbers that torch stores.</summary>
/// <param name="Name">Its name in torch.</param>
/// <param name="Type">What it is to a graph.</param>
/// <param name="Size">How many bytes a number takes.</param>
internal sealed record TorchType(string Name, WeightType Type, int Size);
