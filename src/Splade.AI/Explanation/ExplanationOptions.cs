namespace Splade.AI.Explanation;

/// <summary>Provides the options of an explanation, which are read when it begins: what it tells, and how its texts are encoded.</summary>
public sealed class ExplanationOptions
{
    /// <summary>Gets or sets how the text is encoded, or was when its vector was made; in a match, the document.</summary>
    /// <remarks>
    /// It decides what is read of a long text as well: its beginning, all of it with a sliding window, where spans and positions are those in
    /// the whole text, or nothing with <see cref="LongTextHandling.Throw"/>, under which each explanation of it is refused.
    /// </remarks>
    /// <value>The default is what encoding without options does: as a document.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public SpladeEncodingOptions Encoding
    {
        get;
        set => field = value ?? throw new ArgumentNullException(nameof(Encoding));
    } = new();

    /// <summary>Gets or sets how the query of a match is encoded, or was when its vector was made.</summary>
    /// <value>The default is as a <see cref="EmbeddingInputType.Query"/>. Options that do not say the input type mean a query here too.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public SpladeEncodingOptions QueryEncoding
    {
        get;
        set => field = value ?? throw new ArgumentNullException(nameof(QueryEncoding));
    } = new() { InputType = EmbeddingInputType.Query };

    /// <summary>
    /// Gets or sets a value indicating whether each term is told the token that produced it. For a vector that is there already that takes a run of
    /// the model; without, no
    /// model is run for one. Looked-up queries of an inference-free model have their spans in any case: they cost nothing.
    /// </summary>
    /// <remarks>
    /// <para>A long text that is read through a sliding window takes a run for each window.</para>
    /// <para>
    /// An ONNX file that pools inside does not show what its tokens said: then there are no spans, nothing is thrown, and
    /// <see cref="TextExplanation.SpansUnavailableReason"/> says why.
    /// </para>
    /// <para>
    /// On graphics cards, and on processors without AVX2, logits are pooled inside the graph. There the first explanation with spans opens the
    /// model once more, on the processors, and each takes a second run. Elsewhere one run gives the vector and its spans.
    /// </para>
    /// </remarks>
    /// <value>The default is true.</value>
    public bool Spans { get; set; } = true;

    /// <summary>Gets or sets how many tokens each term is told beside the one that produced it, at most.</summary>
    /// <value>The default is 0.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int RunnersUp
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(RunnersUp));
            field = value;
        }
    }

    /// <summary>Gets or sets how many terms are listed, the most important first. Sums and shares are over all of them.</summary>
    /// <value>The default is null: all of them.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? Top
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value ?? 1, 1, nameof(Top));
            field = value;
        }
    }

    /// <summary>Creates a copy of these options.</summary>
    /// <returns>The copy, independent of this instance.</returns>
    public ExplanationOptions Clone()
    {
        var copy = (ExplanationOptions)MemberwiseClone();
        copy.Encoding = Encoding.Clone();
        copy.QueryEncoding = QueryEncoding.Clone();
        return copy;
    }
}
