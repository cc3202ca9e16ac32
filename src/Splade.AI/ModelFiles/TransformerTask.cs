using Splade.AI.Architectures;

namespace Splade.AI.ModelFiles;

/// <summary>What Sentence Transformers calls the task of a transformer, and which output of the model it reads for it.</summary>
/// <param name="Name">The task.</param>
/// <param name="Output">The output.</param>
/// <param name="Graph">What a graph that is written for it gives.</param>
internal sealed record TransformerTask(string Name, string Output, GraphTask Graph)
{
    /// <summary>Logits over the vocabulary: what SPLADE pools.</summary>
    public static TransformerTask FillMask { get; } = new("fill-mask", "logits", GraphTask.MaskedLanguageModel);

    /// <summary>Hidden states: what dense models pool.</summary>
    public static TransformerTask FeatureExtraction { get; } = new("feature-extraction", "last_hidden_state", GraphTask.Encoder);

    /// <summary>Scores of texts or pairs of texts: what rerankers give.</summary>
    public static TransformerTask TextClassification { get; } = new("text-classification", "logits", GraphTask.SequenceClassification);
}
