using System.Text;
using Splade.AI.Display;

namespace Splade.AI.Explanation.Rendering.Html;

/// <summary>Texts as they stand in elements and in attributes in quotes.</summary>
internal static class HtmlText
{
    public static void Append(StringBuilder html, string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            _ = Escape(text, i) is string escaped ? html.Append(escaped) : html.Append(text[i]);
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
