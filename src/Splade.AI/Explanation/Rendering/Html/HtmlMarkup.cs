using System.Runtime.CompilerServices;
using System.Text;

namespace Splade.AI.Explanation.Rendering.Html;

/// <summary>An interpolated string whose holes are escaped.</summary>
[InterpolatedStringHandler]
internal readonly ref struct HtmlMarkup
{
    private const int GuessedText = 16;

    /// <param name="literalLength">The length of the markup.</param>
    /// <param name="formattedCount">The number of texts in it.</param>
    public HtmlMarkup(int literalLength, int formattedCount) => Html = new StringBuilder(literalLength + (formattedCount * GuessedText));

    public StringBuilder Html { get; }

    public void AppendLiteral(string markup) => Html.Append(markup);

    public void AppendFormatted(string text) => HtmlText.Append(Html, text);
}
