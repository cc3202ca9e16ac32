namespace Splade.AI.Onnx.Outputs;

/// <summary>An output of a model that is read.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Width">The expected length of a row, 1 for a number for each token, the heads of attention; null to take what the model has.</param>
internal sealed record ReadOutput(string Name, OutputKind Kind, int? Width);
