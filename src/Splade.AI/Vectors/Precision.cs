namespace Splade.AI;

/// <summary>Specifies how exactly a model is computed.</summary>
public enum Precision
{
    /// <summary>As the ONNX file says. With float32 weights, vectors are those of Sentence Transformers up to rounding.</summary>
    Exact,

    /// <summary>
    /// The matrix products of the encoder in integers of 8 bits: less time and memory, and vectors that differ a little. The decoder of a sparse
    /// model, from hidden states to the vocabulary, stays exact. Texts are run one at a time, so that a text's vector never depends on its company.
    /// </summary>
    Fast,
}
