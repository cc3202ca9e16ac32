namespace Splade.AI.Architectures.Tables;

/// <summary>The head of a classifier of texts, over the first token.</summary>
/// <param name="Roots">What the names of its tensors begin with.</param>
/// <param name="Transform">The layer before the last.</param>
/// <param name="Activation">Its activation.</param>
/// <param name="Classifier">What the names of the last layer's tensors begin with.</param>
internal sealed record ClassificationHead(IReadOnlyList<string> Roots, DenseLayer Transform, Activation Activation, string Classifier)
{
    /// <summary>The norm before the last layer; null for none.</summary>
    public NormLayer? Norm { get; init; }

    /// <summary>Whether it reads the mean of all tokens, and not the first.</summary>
    public bool ReadsMean { get; init; }
}
