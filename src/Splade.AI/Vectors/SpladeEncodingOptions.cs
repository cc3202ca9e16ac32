namespace Splade.AI;

/// <summary>Provides the options of encoding texts: the defaults of a model, in the options that it is loaded with, or those of one call.</summary>
/// <remarks>
/// What a call leaves open is taken from the model's own options, and what these leave open from the model. An instance is read when a call or a
/// load begins; later changes have no effect on it.
/// </remarks>
public sealed class SpladeEncodingOptions
{
    /// <summary>Initializes a new instance of the <see cref="SpladeEncodingOptions"/> class, which leaves everything open.</summary>
    public SpladeEncodingOptions()
    {
    }

    private SpladeEncodingOptions(SpladeEncodingOptions first, SpladeEncodingOptions? second)
    {
        // A prompt goes before a prompt's name, whoever said it: the first that says either has said both.
        SpladeEncodingOptions? prompts = first.Prompt is null && first.PromptName is null ? second : first;
        Prompt = prompts?.Prompt;
        PromptName = prompts?.PromptName;
        InputType = first.InputType ?? second?.InputType;
        MaxTokens = first.MaxTokens ?? second?.MaxTokens;
        LongTextHandling = first.LongTextHandling ?? second?.LongTextHandling;
        WindowOverlap = first.WindowOverlap ?? second?.WindowOverlap;
        MaxActiveDimensions = first.MaxActiveDimensions ?? second?.MaxActiveDimensions;
    }

    /// <summary>Gets or sets whether the texts are queries or documents.</summary>
    /// <value>The default is <see langword="null"/>: what the generator says, and that is <see cref="EmbeddingInputType.Document"/> unless it is a view for queries.</value>
    public EmbeddingInputType? InputType { get; set; }

    /// <summary>Gets or sets what to put before each text; its tokens have a part in the vector, as in Sentence Transformers.</summary>
    /// <value>The default is <see langword="null"/>: the prompt that the model has for the texts' use, if any. Goes before <see cref="PromptName"/>.</value>
    public string? Prompt { get; set; }

    /// <summary>Gets or sets the name of one of the model's prompts, to be put before each text.</summary>
    /// <value>The default is <see langword="null"/>: the prompt that the model has for the texts' use, if any.</value>
    public string? PromptName { get; set; }

    /// <summary>Gets or sets the most tokens of a text that are read, or read at once with a sliding window; special tokens included.</summary>
    /// <value>The default is <see langword="null"/>: as many as the model reads. More than that are refused.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1. How few will do depends on the special tokens of the model.</exception>
    public int? MaxTokens
    {
        get;
        set => field = AtLeast(1, value, nameof(MaxTokens));
    }

    /// <summary>Gets or sets what becomes of texts with more tokens than are read at once.</summary>
    /// <remarks>
    /// An embedding stands for a whole text: a generator gives for <see cref="LongTextHandling.SlidingWindowPassages"/> the same ones as for
    /// <see cref="LongTextHandling.SlidingWindowMax"/>, and passages come from <c>SpladeEngine.EncodeAsync</c>. A dense generator has no sliding
    /// window, and refuses both.
    /// </remarks>
    /// <value>The default is <see langword="null"/>: <see cref="LongTextHandling.Truncate"/>; ends are not read, and that is reported.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration's.</exception>
    public LongTextHandling? LongTextHandling
    {
        get;
        set => field = value is null || Enum.IsDefined(value.Value) ? value : throw new ArgumentOutOfRangeException(
            nameof(LongTextHandling), value, $"Expected one of {string.Join(", ", Enum.GetNames<LongTextHandling>())}.");
    }

    /// <summary>Gets or sets how many tokens neighbouring windows of a long text share at least; of account with a sliding window only.</summary>
    /// <value>
    /// The default is <see langword="null"/>: an eighth of the tokens that a window takes beside those of the prompt and special tokens, 63 of 510.
    /// 0 is for no overlap. As many as a window takes are refused.
    /// </value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 0.</exception>
    public int? WindowOverlap
    {
        get;
        set => field = AtLeast(0, value, nameof(WindowOverlap));
    }

    /// <summary>Gets or sets how many of the heaviest entries of each vector are kept. Dense vectors have no such entries: their generator refuses it.</summary>
    /// <value>The default is <see langword="null"/>: all of them.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? MaxActiveDimensions
    {
        get;
        set => field = AtLeast(1, value, nameof(MaxActiveDimensions));
    }

    /// <summary>Creates a copy of these options.</summary>
    /// <returns>The copy, independent of this instance.</returns>
    public SpladeEncodingOptions Clone() => new(this, second: null);

    /// <summary>These options, and where they leave something open, those of another instance.</summary>
    internal SpladeEncodingOptions Or(SpladeEncodingOptions? others) => new(this, others);

    /// <summary>What a cache's keys must have of these options beside the most tokens, which the model may state as well.</summary>
    internal string[] ToKey() =>
    [
        $"said={InputType}", $"prompt={Prompt}", $"name={PromptName}", $"long={LongTextHandling ?? AI.LongTextHandling.Truncate}",
        $"overlap={WindowOverlap}", $"top={MaxActiveDimensions}",
    ];

    private static int? AtLeast(int least, int? value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value ?? least, least, name);
        return value;
    }
}
