namespace Splade.AI.Bm25;

/// <summary>One call to a <see cref="Bm25Encoder"/>: its options, checked.</summary>
internal sealed class Bm25Call
{
    /// <exception cref="ArgumentException">The options ask for a prompt or a limit, which BM25 does not have.</exception>
    public Bm25Call(SpladeEncodingOptions options)
    {
        InputType = options.InputType ?? EmbeddingInputType.Document;
        MaxActiveDimensions = options.MaxActiveDimensions;
        if (options.Prompt is not null || options.PromptName is not null)
        {
            throw new ArgumentException(
                "The options ask for a prompt, but BM25 has none: its words would count as the text's. Leave it unset.", nameof(options));
        }

        if (options.MaxTokens is int tokens)
        {
            throw new ArgumentException(
                $"The options ask for {tokens} tokens at most, but BM25 reads texts to their end. Leave {nameof(options.MaxTokens)} unset.", nameof(options));
        }
    }

    public EmbeddingInputType InputType { get; }

    /// <summary>How many of the heaviest entries are kept; null for all.</summary>
    public int? MaxActiveDimensions { get; }
}
