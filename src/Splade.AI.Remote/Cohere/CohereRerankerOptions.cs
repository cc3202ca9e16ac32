namespace Splade.AI.Remote;

/// <summary>Provides the options of a <see cref="CohereReranker"/>.</summary>
public sealed class CohereRerankerOptions : RemoteEncoderOptions
{
    /// <summary>Initializes a new instance of the <see cref="CohereRerankerOptions"/> class without an address.</summary>
    public CohereRerankerOptions()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="CohereRerankerOptions"/> class.</summary>
    /// <param name="endpoint">
    /// What <c>/rerank</c> comes after, such as <c>http://localhost:7997</c> for Infinity, <c>http://localhost:8000/v1</c> for vLLM or
    /// <c>https://api.jina.ai/v1</c>.
    /// </param>
    /// <param name="model">The model's name there.</param>
    public CohereRerankerOptions(Uri endpoint, string model)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        Endpoint = endpoint;
        Model = model;
    }

    private CohereRerankerOptions(CohereRerankerOptions other)
        : base(other) => (Model, RawScores) = (other.Model, other.RawScores);

    /// <summary>Gets or sets the model's name at the server.</summary>
    /// <value>The default is <see langword="null"/>: the request has none, and a server with several models refuses it.</value>
    public string? Model { get; set; }

    /// <summary>Gets or sets whether the server is told to give logits, or told not to: <c>raw_scores</c>, which Infinity has and others may refuse.</summary>
    /// <value>The default is <see langword="null"/>: it is told nothing. Most servers give scores from 0 to 1 then.</value>
    public bool? RawScores { get; set; }

    /// <summary>Creates a copy of these options.</summary>
    /// <returns>The copy, independent of this instance.</returns>
    public CohereRerankerOptions Clone() => new(this);

    internal override RemoteEncoderOptions Copy() => Clone();
}
