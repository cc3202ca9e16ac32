namespace Splade.AI.Remote;

/// <summary>Provides what the generators over Text Embeddings Inference have in common.</summary>
public abstract class TeiEncoderOptions : RemoteEncoderOptions
{
    private protected TeiEncoderOptions()
    {
    }

    private protected TeiEncoderOptions(TeiEncoderOptions other)
        : base(other)
    {
        Dimensions = other.Dimensions;
        TokenizerFile = other.TokenizerFile;
        InputType = other.InputType;
        LongTextHandling = other.LongTextHandling;
        QueryPromptName = other.QueryPromptName;
        DocumentPromptName = other.DocumentPromptName;
    }

    /// <summary>
    /// Gets or sets the size of the vectors. The server does not say that of sparse ones: it comes from here, from the vocabulary of
    /// <see cref="TokenizerFile"/>, or from <c>splade serve</c>, which says it. Of a dense model it is how many dimensions are asked for.
    /// </summary>
    /// <value>The default is <see langword="null"/>: what the tokenizer or the server says.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? Dimensions
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value ?? 1, 1, nameof(Dimensions));
            field = value;
        }
    }

    /// <summary>
    /// Gets or sets the path of the model's <c>tokenizer.json</c>, or of the <c>vocab.txt</c> of a BERT model, here: with it the terms of vectors have
    /// names, and what is cut of long texts is told.
    /// </summary>
    /// <value>The default is <see langword="null"/>: none. A file that is none is refused when it is first needed.</value>
    public string? TokenizerFile { get; set; }

    /// <summary>Gets or sets what texts are where a call does not say.</summary>
    /// <value>The default is <see cref="EmbeddingInputType.Document"/>.</value>
    public EmbeddingInputType InputType { get; set; }

    /// <summary>Gets or sets what becomes of texts with more tokens than the server reads, where a call does not say.</summary>
    /// <value>
    /// The default is <see cref="LongTextHandling.Throw"/>: the text is refused by its position. With <see cref="LongTextHandling.Truncate"/> the server
    /// reads its beginning and does not tell; with a <see cref="TokenizerFile"/> the generator does.
    /// </value>
    /// <exception cref="ArgumentOutOfRangeException">The value is a sliding window, which the server has not.</exception>
    public LongTextHandling LongTextHandling
    {
        get;
        set => field = value is LongTextHandling.Throw or LongTextHandling.Truncate ? value : throw new ArgumentOutOfRangeException(
            nameof(LongTextHandling), value, $"Expected {nameof(LongTextHandling.Throw)} or {nameof(LongTextHandling.Truncate)}: a server has no sliding window.");
    } = LongTextHandling.Throw;

    /// <summary>Gets or sets the name of the server's prompt that is put before queries.</summary>
    /// <value>The default is <see langword="null"/>: none is asked for.</value>
    public string? QueryPromptName { get; set; }

    /// <summary>Gets or sets the name of the server's prompt that is put before documents.</summary>
    /// <value>The default is <see langword="null"/>: none is asked for.</value>
    public string? DocumentPromptName { get; set; }
}
