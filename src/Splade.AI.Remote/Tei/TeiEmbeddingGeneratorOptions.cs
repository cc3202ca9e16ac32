namespace Splade.AI.Remote;

/// <summary>Provides the options of a <see cref="TeiEmbeddingGenerator"/>.</summary>
public sealed class TeiEmbeddingGeneratorOptions : TeiEncoderOptions
{
    /// <summary>Initializes a new instance of the <see cref="TeiEmbeddingGeneratorOptions"/> class without an address.</summary>
    public TeiEmbeddingGeneratorOptions()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="TeiEmbeddingGeneratorOptions"/> class.</summary>
    /// <param name="endpoint">The root of the server, such as <c>http://localhost:8080</c>.</param>
    public TeiEmbeddingGeneratorOptions(Uri endpoint) => Endpoint = endpoint ?? throw new ArgumentNullException(nameof(endpoint));

    private TeiEmbeddingGeneratorOptions(TeiEmbeddingGeneratorOptions other)
        : base(other) => Normalize = other.Normalize;

    /// <summary>Gets or sets a value indicating whether the server scales vectors to length 1.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Normalize { get; set; } = true;

    /// <summary>Creates a copy of these options.</summary>
    /// <returns>The copy, independent of this instance.</returns>
    public TeiEmbeddingGeneratorOptions Clone() => new(this);

    internal override RemoteEncoderOptions Copy() => Clone();
}
