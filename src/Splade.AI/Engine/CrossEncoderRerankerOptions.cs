namespace Splade.AI;

/// <summary>Provides the options of how a <see cref="CrossEncoderReranker"/> loads and runs its model.</summary>
/// <remarks>
/// Of <see cref="EncoderOptions.Encoding"/> only <see cref="SpladeEncodingOptions.MaxTokens"/> may be set: the most tokens of query and text together, for
/// example 512 for models that read 8,192 and were trained on fewer.
/// </remarks>
public sealed class CrossEncoderRerankerOptions : EncoderOptions
{
    /// <summary>Creates options with their defaults, whose <see cref="EncoderOptions.ModelFolder"/> is yet to be set.</summary>
    public CrossEncoderRerankerOptions()
    {
    }

    /// <summary>Creates options with their defaults.</summary>
    /// <param name="modelFolder">The model's folder: a <c>config.json</c> with an architecture <c>...ForSequenceClassification</c>, and an ONNX file or weights.</param>
    /// <exception cref="ArgumentException">The folder is null, empty or blank.</exception>
    public CrossEncoderRerankerOptions(string modelFolder)
        : base(modelFolder)
    {
    }

    /// <summary>Gets or sets the label whose logit is the score, of a model that has several: its name in <c>config.json</c>, or its number from 0.</summary>
    /// <value>The default is null, which is refused where there are several labels: no order of theirs says which means that a text answers a query.</value>
    public string? Label { get; set; }

    /// <summary>Gets or sets what is cut of a query and a text that are longer together than the model reads.</summary>
    /// <value>The default is <see cref="PairTruncation.LongestFirst"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration's.</exception>
    public PairTruncation Truncation
    {
        get;
        set => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(
            nameof(Truncation), value, $"Expected one of {string.Join(", ", Enum.GetNames<PairTruncation>())}.");
    }

    /// <summary>Creates a copy of these options.</summary>
    /// <returns>The copy. What it refers to, such as a hub, is shared.</returns>
    public CrossEncoderRerankerOptions Clone() => (CrossEncoderRerankerOptions)CloneCore();

    /// <summary>Refuses what an encoding may ask for and pairs do not have.</summary>
    /// <exception cref="ArgumentException">Something is set.</exception>
    internal void RequireEncodingOfPairs(string parameter)
    {
        string? wrong =
            Encoding.LongTextHandling is not (null or LongTextHandling.Truncate) ? nameof(Encoding.LongTextHandling)
            : Encoding.WindowOverlap is not null ? nameof(Encoding.WindowOverlap)
            : Encoding.MaxActiveDimensions is not null ? nameof(Encoding.MaxActiveDimensions)
            : Encoding.Prompt is not null ? nameof(Encoding.Prompt)
            : Encoding.PromptName is not null ? nameof(Encoding.PromptName)
            : null;
        if (wrong is not null)
        {
            throw new ArgumentException(
                $"The options set {wrong}, which a reranker does not have: it gives scores of pairs, cut to MaxTokens. Leave it unset.", parameter);
        }
    }
}
