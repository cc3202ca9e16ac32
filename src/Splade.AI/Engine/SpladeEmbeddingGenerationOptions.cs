using Microsoft.Extensions.AI;

namespace Splade.AI;

/// <summary>Provides the options of one call to a <see cref="SpladeEmbeddingGenerator"/> or <see cref="DenseEmbeddingGenerator"/>.</summary>
/// <remarks>
/// A property of a class of its own, so that it splits the keys of a distributed cache and survives <see cref="Clone"/>. What is set through
/// <see cref="EmbeddingGenerationOptions.RawRepresentationFactory"/> does not split the keys: keep that for calls without a cache.
/// </remarks>
public sealed class SpladeEmbeddingGenerationOptions : EmbeddingGenerationOptions
{
    /// <summary>Initializes a new instance of the <see cref="SpladeEmbeddingGenerationOptions"/> class, which leaves everything open.</summary>
    public SpladeEmbeddingGenerationOptions()
    {
    }

    private SpladeEmbeddingGenerationOptions(SpladeEmbeddingGenerationOptions other)
        : base(other) => Encoding = other.Encoding.Clone();

    /// <summary>Gets or sets how the texts are encoded, for example <c>new() { Encoding = { InputType = EmbeddingInputType.Query } }</c>.</summary>
    /// <value>The default leaves everything open, to the generator and the options that its model was loaded with.</value>
    /// <exception cref="ArgumentNullException">The value is <see langword="null"/>.</exception>
    public SpladeEncodingOptions Encoding
    {
        get;
        set => field = value ?? throw new ArgumentNullException(nameof(Encoding));
    } = new();

    /// <inheritdoc/>
    public override EmbeddingGenerationOptions Clone() => new SpladeEmbeddingGenerationOptions(this);
}
