using System.Runtime.CompilerServices;
using System.Text;
using Splade.AI.Display;

namespace Splade.AI.Explanation.Rendering.Html;

/// <summary>An interpolated string whose holes are escaped, as texts in elements and in attributes in quotes.</summary>
[InterpolatedStringHandler]
internal readonly ref struct HtmlMarkup
{
    private const int GuessedText = 16;

    /// <param name="literalLength">The length of the markup.</param>
    /// <param name="formattedCount">The number of texts in it.</param>
    public HtmlMarkup(int literalLength, int formattedCount) => Html = new StringBuilder(literalLength + (formattedCount * GuessedText));

    public StringBuilder Html { get; }

    public void AppendLiteral(string markup) => Html.Append(markup);

    public void AppendFormatted(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            _ = Escape(text, i) is string escaped ? Html.Append(escaped) : Html.Append(text[i]);
        }
    }

    // Carriage returns and, in attributes, line feeds would be read as other white space if they were not escaped.
    private static string? Escape(string text, int at) => text[at] switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\'' => "&#39;",
        '\r' => "&#13;",
        '\n' => "&#10;",
        '\t' => "&#9;",
        char c when char.IsControl(c) || c is '\uFFFE' or '\uFFFF' || Surrogates.IsLone(text, at) => "\uFFFD",
        _ => null,
    };
}
