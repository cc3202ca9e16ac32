using Splade.AI.Architectures;

namespace Splade.AI.ModelFiles;

/// <summary>What Sentence Transformers calls the task of a transformer, and which output of the model it reads for it.</summary>
/// <param name="Name">The task.</param>
/// <param name="Output">The output.</param>
/// <param name="Meaning">What Sentence Transformers calls that output in turn.</param>
/// <param name="Graph">What a graph that is written for it gives.</param>
internal sealed record TransformerTask(string Name, string Output, string Meaning, GraphTask Graph)
{
    /// <summary>What the class names of classifiers end with.</summary>
    public const string Classifier = "ForSequenceClassification";

    /// <summary>Logits over the vocabulary: what SPLADE pools.</summary>
    public static TransformerTask FillMask { get; } = new("fill-mask", "logits", "token_embeddings", GraphTask.MaskedLanguageModel);

    /// <summary>Hidden states: what dense models pool.</summary>
    public static TransformerTask FeatureExtraction { get; } = new("feature-extraction", "last_hidden_state", "token_embeddings", GraphTask.Encoder);

    /// <summary>Scores of texts or pairs of texts: what rerankers give.</summary>
    public static TransformerTask SequenceClassification { get; } = new("sequence-classification", "logits", "scores", GraphTask.SequenceClassification);
}
