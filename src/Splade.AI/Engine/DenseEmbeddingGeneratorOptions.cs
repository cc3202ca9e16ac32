namespace Splade.AI;

/// <summary>Provides the options of how a <see cref="DenseEmbeddingGenerator"/> loads and runs its model.</summary>
public sealed class DenseEmbeddingGeneratorOptions : EncoderOptions
{
    /// <summary>Creates options with their defaults, whose <see cref="EncoderOptions.ModelFolder"/> is yet to be set.</summary>
    public DenseEmbeddingGeneratorOptions()
    {
    }

    /// <summary>Creates options with their defaults.</summary>
    /// <param name="modelFolder">The model's folder, in the layout of Sentence Transformers, with an ONNX file or weights in it.</param>
    /// <exception cref="ArgumentException">The folder is null, empty or blank.</exception>
    public DenseEmbeddingGeneratorOptions(string modelFolder)
        : base(modelFolder)
    {
    }

    /// <summary>Creates a copy of these options.</summary>
    /// <returns>The copy. What it refers to, such as a hub or a policy, is shared.</returns>
    public DenseEmbeddingGeneratorOptions Clone() => (DenseEmbeddingGeneratorOptions)CloneCore();
}
