namespace Splade.AI.Architectures;

/// <summary>What a graph is to give of a text.</summary>
internal enum GraphTask
{
    /// <summary><c>logits</c> over the vocabulary for each token.</summary>
    MaskedLanguageModel,

    /// <summary><c>last_hidden_state</c>, the encoder's numbers for each token.</summary>
    Encoder,

    /// <summary><c>logits</c> over the labels for each text, or pair of texts.</summary>
    SequenceClassification,
}
