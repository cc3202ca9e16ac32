namespace Splade.AI.OnnxGraph;

/// <summary>The vocabulary decoder of a model: from the hidden state of each token to one logit for each entry of the vocabulary.</summary>
/// <param name="HiddenState">The value that holds the hidden state, shape <c>[texts, tokens, hidden]</c>.</param>
/// <param name="Weight">The weight, as it is stored.</param>
/// <param name="Bias">The bias; null if there is none.</param>
/// <param name="HiddenSize">The width of the hidden state.</param>
/// <param name="Vocabulary">The width of the logits.</param>
internal sealed record Decoder(string HiddenState, DecoderConstant Weight, DecoderConstant? Bias, int HiddenSize, int Vocabulary)
{
    /// <summary>Whether the weight is stored as <c>[vocabulary, hidden]</c>, as word embeddings are, and not as <c>[hidden, vocabulary]</c>.</summary>
    public bool HasVocabularyRows => Weight.Transposed;
}
