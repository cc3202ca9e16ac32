namespace Splade.AI.Weights.Torch;

/// <summary>A function that a pickle names, and what stands for its result here. Python's own is never called.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Result">The result for arguments; null if they are not those that torch gives it.</param>
internal sealed record PickleFunction(string Name, Func<object?[], object?> Result);
