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
        : base(other) => InputType = other.InputType;

    /// <summary>Whether the texts are queries or documents.</summary>
    /// <value>The default is null: what the generator says, and that is <see cref="SpladeInputType.Document"/> unless it is a view for queries.</value>
    public SpladeInputType? InputType { get; set; }

    /// <inheritdoc/>
    public override EmbeddingGenerationOptions Clone() => new SpladeEmbeddingGenerationOptions(this);
}
