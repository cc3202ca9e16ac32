namespace Splade.AI;

/// <summary>Options of one call to a <see cref="SpladeEngine"/>.</summary>
public sealed record SpladeEncodingOptions
{
    /// <summary>Whether the texts are queries or documents.</summary>
    /// <value>The default is null: what the generator says, and that is <see cref="SpladeInputType.Document"/> unless it is a view for queries.</value>
    public SpladeInputType? InputType { get; init; }

    /// <summary>What to put before each text; its tokens have a part in the vector, as in Sentence Transformers.</summary>
    /// <value>The default is null: the prompt that the model has for the texts' use, if any. Goes before <see cref="PromptName"/>.</value>
    public string? Prompt { get; init; }

    /// <summary>The name of one of the model's prompts, to be put before each text.</summary>
    /// <value>The default is null: the prompt that the model has for the texts' use, if any.</value>
    public string? PromptName { get; init; }

    /// <summary>The most tokens of a text that are read, or read at once with a sliding window; special tokens included.</summary>
    /// <value>The default is null: as many as the engine reads. More than the model reads are refused.</value>
    public int? MaxTokens { get; init; }

    /// <summary>What becomes of texts with more tokens than are read at once.</summary>
    /// <value>The default is null: what the engine's options say, and that is <see cref="LongTextHandling.Truncate"/> unless set.</value>
    public LongTextHandling? LongTextHandling { get; init; }

    /// <summary>How many tokens neighbouring windows of a long text share at least; of account with a sliding window only.</summary>
    /// <value>
    /// The default is null: what the engine's options say, and that is an eighth of the tokens that a window takes unless set. As many as a
    /// window takes are refused.
    /// </value>
    public int? WindowOverlap { get; init; }

    /// <summary>How many of the heaviest entries of each vector are kept.</summary>
    /// <value>The default is null: what the engine's options say, and that is all of them unless set.</value>
    public int? MaxActiveDimensions { get; init; }
}
