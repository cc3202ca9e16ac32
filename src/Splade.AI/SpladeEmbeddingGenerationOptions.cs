using Microsoft.Extensions.AI;

namespace Splade.AI;

/// <summary>Options of one call to a <see cref="SpladeEmbeddingGenerator"/> or <see cref="DenseEmbeddingGenerator"/>.</summary>
/// <remarks>Properties of a class of its own, so that they split the keys of a distributed cache and survive <see cref="Clone"/>.</remarks>
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
        LongTextHandling = other.LongTextHandling;
        WindowOverlap = other.WindowOverlap;
    }

    /// <summary>Whether the texts are queries or documents.</summary>
    /// <value>The default is null: what the generator says, and that is <see cref="SpladeInputType.Document"/> unless it is a view for queries.</value>
    public SpladeInputType? InputType { get; set; }

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
