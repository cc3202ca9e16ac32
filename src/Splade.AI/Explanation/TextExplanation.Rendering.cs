using Splade.AI.Explanation.Rendering.Html;
using Splade.AI.Explanation.Rendering.Json;
using Splade.AI.Explanation.Rendering.Terminal;

namespace Splade.AI.Explanation;

/// <content>The explanation written down: for terminals, for browsers, and for programs.</content>
public sealed partial record TextExplanation
{
    /// <summary>The explanation as plain text: a table of terms with their weights, and the words that they come from. Lines end with LF.</summary>
    /// <remarks>Nothing in it controls a terminal, whatever the text has.</remarks>
    /// <param name="options">How much is told; null for the defaults.</param>
    public string ToText(RenderingOptions? options = null) => TextReport.Write(this, options ?? new RenderingOptions(), TerminalStyle.Plain);

    /// <summary>
    /// The same for a terminal with 256 colours, after the text with its words highlighted: the stronger, the more weight they brought;
    /// orange where most of it is their own, blue where it is expansion. An underlined word stands for a term that another word gave more.
    /// </summary>
    /// <inheritdoc cref="ToText"/>
    public string ToAnsi(RenderingOptions? options = null) => TextReport.Write(this, options ?? new RenderingOptions(), TerminalStyle.Colours);

    /// <summary>The explanation as a piece of HTML with its own style, for light and dark pages: the text with its words highlighted, and a table of terms.</summary>
    /// <remarks>
    /// One element, well-formed as XML too. It needs no script and nothing from elsewhere; the names of its classes begin with <c>splade-</c>.
    /// Texts are escaped. What characters do not stand for, such as control characters, is shown as U+FFFD.
    /// </remarks>
    /// <param name="options">How much is told; null for the defaults.</param>
    public string ToHtml(RenderingOptions? options = null) => TextHtml.Write(this, options ?? new RenderingOptions());

    /// <summary><see cref="ToHtml"/> as a whole page.</summary>
    /// <param name="options">How much is told; null for the defaults.</param>
    public string ToHtmlPage(RenderingOptions? options = null) => HtmlPage.Write("Why this text has its vector", ToHtml(options));

    /// <summary>
    /// The explanation as JSON on one line:
    /// <c>{"terms":[{"id":2712,"term":"noah","weight":0.5,"literal":true,"position":3,"span":[9,13]}],"termCount":1,"mass":0.5,"literalShare":1,"expansionShare":0,"tokens":7,"truncated":false}</c>.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Terms are in the order of <see cref="Terms"/>, and as many. <c>term</c> is the token as the vocabulary writes it; <c>position</c> and
    /// <c>span</c> are those of <see cref="ExplainedTerm.Source"/>, null where there is none, <c>span</c> also for a token that is not of the
    /// text. Spans are pairs [start, end) of UTF-16 code units. <c>runnersUp</c> of a term is there only if it has any, and
    /// <c>spanObstacle</c> only if there is one.
    /// </para>
    /// <para>
    /// What a vocabulary policy did is there only where it did something: <c>policy</c> of a term, a list of phrases such as <c>boosted x2</c>;
    /// <c>addedByPolicy</c>, true for a term that only the policy gave; <c>policyShare</c>, the share of these; and <c>banned</c>, a list of what
    /// it took out: <c>{"id":2005,"term":"for","weight":1.048}</c> with the weight that the model gave.
    /// </para>
    /// <para>Numbers have as many digits as it takes to read the same ones back. Characters are not escaped for HTML.</para>
    /// </remarks>
    public string ToJson() => ExplanationJson.Write(this);
}
