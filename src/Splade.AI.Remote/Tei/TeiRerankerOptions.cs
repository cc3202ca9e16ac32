namespace Splade.AI.Remote;

/// <summary>Provides the options of a <see cref="TeiReranker"/>.</summary>
public sealed class TeiRerankerOptions : RemoteEncoderOptions
{
    /// <summary>Initializes a new instance of the <see cref="TeiRerankerOptions"/> class without an address.</summary>
    public TeiRerankerOptions()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="TeiRerankerOptions"/> class.</summary>
    /// <param name="endpoint">The root of the server, such as <c>http://localhost:8080</c>.</param>
    public TeiRerankerOptions(Uri endpoint) => Endpoint = endpoint ?? throw new ArgumentNullException(nameof(endpoint));

    private TeiRerankerOptions(TeiRerankerOptions other)
        : base(other) => (RawScores, LongTextHandling) = (other.RawScores, other.LongTextHandling);

    /// <summary>Gets or sets a value indicating whether scores are the model's logits, and not their sigmoid.</summary>
    /// <value>The default is <see langword="false"/>: scores from 0 to 1, as the server gives them. Results have the logit in any case.</value>
    public bool RawScores { get; set; }

    /// <summary>Gets or sets what becomes of a text that has, with the query, more tokens than the server reads.</summary>
    /// <value>
    /// The default is <see cref="LongTextHandling.Throw"/>: the text is refused by its position. With <see cref="LongTextHandling.Truncate"/> the server
    /// reads a part and does not tell.
    /// </value>
    /// <exception cref="ArgumentOutOfRangeException">The value is a sliding window, which the server has not.</exception>
    public LongTextHandling LongTextHandling
    {
        get;
        set => field = value is LongTextHandling.Throw or LongTextHandling.Truncate ? value : throw new ArgumentOutOfRangeException(
            nameof(LongTextHandling), value, $"Expected {nameof(LongTextHandling.Throw)} or {nameof(LongTextHandling.Truncate)}: a server has no sliding window.");
    } = LongTextHandling.Throw;

    /// <summary>Creates a copy of these options.</summary>
    /// <returns>The copy, independent of this instance.</returns>
    public TeiRerankerOptions Clone() => new(this);

    internal override RemoteEncoderOptions Copy() => Clone();
}
