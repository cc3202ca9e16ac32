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

    /// <summary>Gets or sets how exactly the model is computed.</summary>
    /// <remarks>
    /// With <see cref="Precision.Fast"/> the products are made of small integers, with a scale for each token and each column of the weights: on
    /// processors about one and a half times to twice as fast, and the weights of the layers take a quarter of the memory. A vector keeps a cosine above
    /// 0.99 with that of a float32 all-MiniLM-L6-v2. Take one precision for the documents and the queries of an index: mixed, rankings lose a
    /// little. Where it cannot be used, a warning is logged, <see cref="DenseEmbeddingGenerator.Precision"/> is <see cref="Precision.Exact"/>,
    /// and vectors are exact.
    /// </remarks>
    /// <value>The default is <see cref="Precision.Exact"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration's.</exception>
    public Precision Precision
    {
        get;
        set => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(
            nameof(Precision), value, $"Expected one of {string.Join(", ", Enum.GetNames<Precision>())}.");
    }

    /// <summary>Creates a copy of these options.</summary>
    /// <returns>The copy. What it refers to, such as a hub or a policy, is shared.</returns>
    public DenseEmbeddingGeneratorOptions Clone() => (DenseEmbeddingGeneratorOptions)CloneCore();
}
