using Splade.AI.Explanation.Rendering.Html;
using Splade.AI.Explanation.Rendering.Json;
using Splade.AI.Explanation.Rendering.Terminal;

namespace Splade.AI.Explanation;

/// <content>The explanation written down: for terminals, for browsers, and for programs.</content>
public sealed partial record MatchExplanation
{
    /// <summary>
    /// The explanation as plain text: a table of the shared terms with both weights, their product, and the words that they come from on both
    /// sides; and what the document lacks. Lines end with LF.
    /// </summary>
    /// <remarks>Nothing in it controls a terminal, whatever the texts have.</remarks>
    /// <param name="options">How much is told; null for the defaults.</param>
    public string ToText(RenderingOptions? options = null) => MatchReport.Write(this, options ?? new RenderingOptions(), TerminalStyle.Plain);

    /// <summary>
    /// The same for a terminal with 256 colours, after both texts with their words highlighted: the stronger, the more they bring to the
    /// score; orange where most of it is their own, blue where it is expansion. An underlined word stands for a term that another word gave more.
    /// </summary>
    /// <inheritdoc cref="ToText"/>
    public string ToAnsi(RenderingOptions? options = null) => MatchReport.Write(this, options ?? new RenderingOptions(), TerminalStyle.Colours);

    /// <summary>The explanation as a piece of HTML with its own style, for light and dark pages: both texts with their words highlighted, and a table of the shared terms.</summary>
    /// <inheritdoc cref="TextExplanation.ToHtml"/>
    public string ToHtml(RenderingOptions? options = null) => MatchHtml.Write(this, options ?? new RenderingOptions());

    /// <summary><see cref="ToHtml"/> as a whole page.</summary>
    /// <param name="options">How much is told; null for the defaults.</param>
    public string ToHtmlPage(RenderingOptions? options = null) => HtmlPage.Write("Why this document matches", ToHtml(options));

    /// <summary>
    /// The explanation as JSON on one line:
    /// <c>{"score":1.5,"expansionShare":0,"warning":null,"terms":[{"id":2712,"term":"noah","contribution":1.5,"share":1,"query":{"weight":3,"literal":true,"position":1,"span":[0,4]},"document":{…}}],"termCount":1,"unmatched":[…],"unmatchedCount":2,"truncated":false}</c>.
    /// </summary>
    /// <remarks>
    /// The terms of <c>unmatched</c> are as those of <see cref="TextExplanation.ToJson"/>, as is what <c>query</c> and <c>document</c> say of a
    /// term. <c>literal</c> is null where a text is not known, and <c>expansionShare</c> where it cannot be told. <c>truncated</c> is whether
    /// either text was cut; <c>spanObstacle</c> is there only if there is one, and so are <c>policyShare</c>, <c>queryBanned</c> and
    /// <c>documentBanned</c>, which tell of a vocabulary policy.
    /// </remarks>
    public string ToJson() => ExplanationJson.Write(this);
}
