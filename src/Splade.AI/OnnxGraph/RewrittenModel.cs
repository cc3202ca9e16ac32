namespace Splade.AI.OnnxGraph;

/// <summary>A model that was rewritten in memory.</summary>
/// <param name="Model">The ONNX model.</param>
/// <param name="InitializerFolder">The folder with the file that its big tensors are in, which stays as it is while the model is in use.</param>
/// <param name="Files">The files that it was made from and points to.</param>
/// <param name="Output">Its only output, float32.</param>
/// <param name="Width">The length of the output's rows.</param>
internal sealed record RewrittenModel(byte[] Model, string InitializerFolder, IReadOnlyList<string> Files, string Output, int Width);
