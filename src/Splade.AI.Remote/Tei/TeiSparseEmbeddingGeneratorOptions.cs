namespace Splade.AI.Remote;

/// <summary>Provides the options of a <see cref="TeiSparseEmbeddingGenerator"/>.</summary>
public sealed class TeiSparseEmbeddingGeneratorOptions : TeiEncoderOptions
{
    /// <summary>Initializes a new instance of the <see cref="TeiSparseEmbeddingGeneratorOptions"/> class without an address.</summary>
    public TeiSparseEmbeddingGeneratorOptions()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="TeiSparseEmbeddingGeneratorOptions"/> class.</summary>
    /// <param name="endpoint">The root of the server, such as <c>http://localhost:8080</c>.</param>
    public TeiSparseEmbeddingGeneratorOptions(Uri endpoint) => Endpoint = endpoint ?? throw new ArgumentNullException(nameof(endpoint));

    private TeiSparseEmbeddingGeneratorOptions(TeiSparseEmbeddingGeneratorOptions other)
        : base(other)
    {
    }

    /// <summary>Creates a copy of these options.</summary>
    /// <returns>The copy, independent of this instance.</returns>
    public TeiSparseEmbeddingGeneratorOptions Clone() => new(this);

    internal override RemoteEncoderOptions Copy() => Clone();
}
