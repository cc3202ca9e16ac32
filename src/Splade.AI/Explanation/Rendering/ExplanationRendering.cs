using Splade.AI.Explanation.Rendering.Html;
using Splade.AI.Explanation.Rendering.Json;
using Splade.AI.Explanation.Rendering.Reports;

namespace Splade.AI.Explanation;

/// <summary>Provides explanations written down: as text, for browsers, for programs, and part by part.</summary>
public static class ExplanationRendering
{
    /// <summary>
    /// Gets the style sheet of explanations in HTML without styles of their own (<see cref="RenderingOptions.InlineStyles"/>), to be served beside
    /// them. All of its selectors begin with a class of theirs; it loads nothing.
    /// </summary>
    public static string StyleSheet => HtmlStyle.Sheet;

    /// <summary>Writes an explanation as plain text: a table of terms with their weights, and the words that they come from. Lines end with LF.</summary>
    /// <remarks>
    /// Nothing in it controls a terminal, whatever the text has. Columns are aligned by characters; where some are two cells wide, as in Chinese,
    /// a program draws <see cref="ToReport(TextExplanation, RenderingOptions?)"/> with what knows its terminal.
    /// </remarks>
    /// <param name="explanation">The explanation.</param>
    /// <param name="options">How much is told; null for the defaults.</param>
    public static string ToText(this TextExplanation explanation, RenderingOptions? options = null) =>
        PlainText.Write(explanation.ToReport(options), (options ?? RenderingOptions.Default).Width);

    /// <summary>
    /// Writes an explanation as plain text: a table of the shared terms with both weights, their product, and the words that they come from on
    /// both sides; and what the document lacks. Lines end with LF.
    /// </summary>
    /// <inheritdoc cref="ToText(TextExplanation, RenderingOptions?)"/>
    public static string ToText(this MatchExplanation explanation, RenderingOptions? options = null) =>
        PlainText.Write(explanation.ToReport(options), (options ?? RenderingOptions.Default).Width);

    /// <summary>Gets an explanation part by part, for programs that draw it in a way of their own, with colours in a terminal for example.</summary>
    /// <param name="explanation">The explanation.</param>
    /// <param name="options">How much is told; null for the defaults.</param>
    public static ExplanationReport ToReport(this TextExplanation explanation, RenderingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        return TextReport.Of(explanation, (options ?? RenderingOptions.Default).Top);
    }

    /// <inheritdoc cref="ToReport(TextExplanation, RenderingOptions?)"/>
    public static ExplanationReport ToReport(this MatchExplanation explanation, RenderingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        return MatchReport.Of(explanation, (options ?? RenderingOptions.Default).Top);
    }

    /// <summary>Writes an explanation as a piece of HTML, for light and dark pages: the text with its words highlighted, and a table of terms.</summary>
    /// <remarks>
    /// One element, well-formed as XML too. It needs no script and nothing from elsewhere but, without <see cref="RenderingOptions.InlineStyles"/>,
    /// the <see cref="StyleSheet"/>; the names of its classes begin with <c>splade-</c>. Texts are escaped. What characters do not stand for, such as
    /// control characters, is shown as U+FFFD.
    /// </remarks>
    /// <param name="explanation">The explanation.</param>
    /// <param name="options">How much is told; null for the defaults.</param>
    public static string ToHtml(this TextExplanation explanation, RenderingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        options ??= RenderingOptions.Default;
        return TextHtml.Write(explanation, options.Top, options.InlineStyles);
    }

    /// <summary>
    /// Writes an explanation as a piece of HTML, for light and dark pages: both texts with their words highlighted, and a table of the shared terms.
    /// </summary>
    /// <inheritdoc cref="ToHtml(TextExplanation, RenderingOptions?)"/>
    public static string ToHtml(this MatchExplanation explanation, RenderingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        options ??= RenderingOptions.Default;
        return MatchHtml.Write(explanation, options.Top, options.InlineStyles);
    }

    /// <summary>Writes an explanation as a whole page of HTML, which stands alone: its style is always in it.</summary>
    /// <param name="explanation">The explanation.</param>
    /// <param name="options">How much is told; null for the defaults.</param>
    public static string ToHtmlPage(this TextExplanation explanation, RenderingOptions? options = null) =>
        HtmlPage.Write("Why this text has its vector", explanation.ToHtml(WithStyles(options)));

    /// <inheritdoc cref="ToHtmlPage(TextExplanation, RenderingOptions?)"/>
    public static string ToHtmlPage(this MatchExplanation explanation, RenderingOptions? options = null) =>
        HtmlPage.Write("Why this document matches", explanation.ToHtml(WithStyles(options)));

    /// <summary>
    /// Writes an explanation as JSON on one line:
    /// <c>{"terms":[{"id":2712,"term":"noah","weight":0.5,"literal":true,"position":3,"span":[9,13]}],"termCount":1,"mass":0.5,"literalShare":1,"expansionShare":0,"tokens":7,"truncated":false}</c>.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Terms are in the order of <see cref="TextExplanation.Terms"/>, and as many. <c>term</c> is the token as the vocabulary writes it;
    /// <c>position</c> and <c>span</c> are those of <see cref="ExplainedTerm.Source"/>, null where there is none, <c>span</c> also for a token that
    /// is not of the text. Spans are pairs [start, end) of UTF-16 code units. <c>runnersUp</c> of a term is there only if it has any, and
    /// <c>spansUnavailableReason</c> only if there is one.
    /// </para>
    /// <para>
    /// What a vocabulary policy did is there only where it did something: <c>policy</c> of a term, a list of phrases such as <c>boosted x2</c>;
    /// <c>addedByPolicy</c>, true for a term that only the policy gave; <c>policyShare</c>, the share of these; and <c>banned</c>, a list of what
    /// it took out: <c>{"id":2005,"term":"for","weight":1.048}</c> with the weight that the model gave.
    /// </para>
    /// <para>Numbers have as many digits as it takes to read the same ones back. Characters are not escaped for HTML.</para>
    /// </remarks>
    /// <param name="explanation">The explanation.</param>
    public static string ToJson(this TextExplanation explanation)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        return ExplanationJson.Write(explanation);
    }

    /// <summary>
    /// Writes an explanation as JSON on one line:
    /// <c>{"score":1.5,"expansionShare":0,"warning":null,"terms":[{"id":2712,"term":"noah","contribution":1.5,"share":1,"query":{"weight":3,"literal":true,"position":1,"span":[0,4]},"document":{…}}],"termCount":1,"unmatched":[…],"unmatchedCount":2,"truncated":false}</c>.
    /// </summary>
    /// <remarks>
    /// The terms of <c>unmatched</c> are as those of <see cref="ToJson(TextExplanation)"/>, as is what <c>query</c> and <c>document</c> say of a
    /// term. <c>literal</c> is null where a text is not known, and <c>expansionShare</c> where it cannot be told. <c>truncated</c> is whether
    /// either text was cut; <c>spansUnavailableReason</c> is there only if there is one, and so are <c>policyShare</c>, <c>queryBanned</c> and
    /// <c>documentBanned</c>, which tell of a vocabulary policy.
    /// </remarks>
    /// <param name="explanation">The explanation.</param>
    public static string ToJson(this MatchExplanation explanation)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        return ExplanationJson.Write(explanation);
    }

    private static RenderingOptions WithStyles(RenderingOptions? options)
    {
        RenderingOptions copy = options?.Clone() ?? new RenderingOptions();
        copy.InlineStyles = true;
        return copy;
    }
}
