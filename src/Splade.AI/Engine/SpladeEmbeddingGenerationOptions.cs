using Microsoft.Extensions.AI;

namespace Splade.AI;

/// <summary>Options of one call to a <see cref="SpladeEmbeddingGenerator"/> or <see cref="DenseEmbeddingGenerator"/>.</summary>
/// <remarks>
/// Properties of a class of its own, so that they split the keys of a distributed cache and survive <see cref="Clone"/>. What is set through
/// <see cref="EmbeddingGenerationOptions.RawRepresentationFactory"/> does not split the keys: keep that for calls without a cache.
/// </remarks>
public sealed class SpladeEmbeddingGenerationOptions : EmbeddingGenerationOptions
{
    /// <summary>Creates options with their defaults.</summary>
    public SpladeEmbeddingGenerationOptions()
    {
    }

    private SpladeEmbeddingGenerationOptions(SpladeEmbeddingGenerationOptions other)
        : base(other)
    {
        InputType = other.InputType;
        Prompt = other.Prompt;
        PromptName = other.PromptName;
        MaxTokens = other.MaxTokens;
        MaxActiveDimensions = other.MaxActiveDimensions;
        LongTextHandling = other.LongTextHandling;
        WindowOverlap = other.WindowOverlap;
    }

    /// <summary>Whether the texts are queries or documents.</summary>
    /// <value>The default is null: what the generator says, and that is <see cref="SpladeInputType.Document"/> unless it is a view for queries.</value>
    public SpladeInputType? InputType { get; set; }

    /// <summary>What to put before each text; its tokens have a part in the vector, as in Sentence Transformers.</summary>
    /// <value>The default is null: the prompt that the model has for the texts' use, if any. Goes before <see cref="PromptName"/>.</value>
    public string? Prompt { get; set; }

    /// <summary>The name of one of the model's prompts, to be put before each text.</summary>
    /// <value>The default is null: the prompt that the model has for the texts' use, if any.</value>
    public string? PromptName { get; set; }

    /// <summary>The most tokens of a text that are read, special tokens included.</summary>
    /// <value>The default is null: as many as the generator reads. More than the model reads are refused.</value>
    public int? MaxTokens { get; set; }

    /// <summary>How many of the heaviest entries of each vector are kept. Dense vectors have no such entries: their generator refuses it.</summary>
    /// <value>The default is null: what the engine's options say, and that is all of them unless set.</value>
    public int? MaxActiveDimensions { get; set; }

    /// <summary>What becomes of texts with more tokens than are read at once.</summary>
    /// <remarks>
    /// An embedding stands for a whole text. <see cref="LongTextHandling.SlidingWindowPassages"/> gives the same ones as
    /// <see cref="LongTextHandling.SlidingWindowMax"/>: passages come from <see cref="SpladeEngine.EncodeAsync"/>. A
    /// <see cref="DenseEmbeddingGenerator"/> has no sliding window, and refuses both.
    /// </remarks>
    /// <value>The default is null: what the engine's options say, and that is <see cref="LongTextHandling.Truncate"/> unless set.</value>
    public LongTextHandling? LongTextHandling { get; set; }

    /// <summary>How many tokens neighbouring windows of a long text share at least; of account with a sliding window only.</summary>
    /// <value>The default is null: what the engine's options say, and that is an eighth of the tokens that a window takes unless set.</value>
    public int? WindowOverlap { get; set; }

    /// <inheritdoc/>
    public override EmbeddingGenerationOptions Clone() => new SpladeEmbeddingGenerationOptions(this);
}
