namespace Splade.AI.Onnx;

/// <summary>What a model showed when it ran two small texts.</summary>
/// <param name="BatchInvariant">
/// Whether a text's row is the same in any batch. It is not where a model quantises its activations while it runs: their range is taken
/// over the whole batch, so each text moves the others. Such a model gets one text at a time, and so does one that takes no more.
/// </param>
/// <param name="HasNegatives">Whether a row has negative numbers, which weights after an activation never have.</param>
internal readonly record struct ProbeResult(bool BatchInvariant, bool HasNegatives);
