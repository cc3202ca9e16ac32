namespace Splade.AI.Architectures.Tables;

/// <summary>The head of a masked language model: a transformation, and the decoder to the vocabulary.</summary>
/// <param name="Roots">What the names of its tensors begin with.</param>
/// <param name="Transform">The transformation.</param>
/// <param name="Activation">Its activation.</param>
/// <param name="Norm">Its norm.</param>
/// <param name="Decoder">The decoder's weight, where it has one of its own.</param>
/// <param name="Biases">Names of the decoder's bias, that of the decoder's own first; empty where it has none.</param>
/// <param name="MayBeTied">Whether the words' embedding is the decoder where it has no weight of its own.</param>
internal sealed record MaskedHead(
    IReadOnlyList<string> Roots,
    DenseLayer Transform,
    Activation Activation,
    NormLayer Norm,
    LookupTable Decoder,
    IReadOnlyList<string> Biases,
    bool MayBeTied);
