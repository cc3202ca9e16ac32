namespace Splade.AI.OnnxGraph;

/// <summary>A model that was rewritten in memory.</summary>
/// <param name="Model">The ONNX model.</param>
/// <param name="InitializerFolder">The folder with the file that its big tensors are in, which stays as it is while the model is in use.</param>
/// <param name="Files">The files that it was made from and points to.</param>
internal sealed record RewrittenModel(byte[] Model, string InitializerFolder, IReadOnlyList<string> Files);
