namespace Splade.AI;

/// <summary>How a <see cref="DenseEmbeddingGenerator"/> loads and runs its model.</summary>
/// <param name="modelFolder">The model's folder, in the layout of Sentence Transformers, with an ONNX file in it.</param>
public sealed class DenseEmbeddingGeneratorOptions(string modelFolder) : EncoderOptions(modelFolder);
