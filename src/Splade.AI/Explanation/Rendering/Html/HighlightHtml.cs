using Splade.AI.Explanation.Rendering.Wording;
using Splade.AI.Tokenization;

namespace Splade.AI.Explanation.Rendering.Html;

/// <summary>A text with its highlights. The content of the element is the text, every character of it.</summary>
internal static class HighlightHtml
{
    /// <summary>A pointer over a word shows these; the rest adds little.</summary>
    private const int TermsOfTitle = 6;

    /// <param name="html">Where it goes.</param>
    /// <param name="title">What the text is.</param>
    /// <param name="text">The text.</param>
    public static void Add(HtmlBuilder html, string title, HighlightedText text)
    {
        html.Add($"<figure class=\"splade-figure\"><figcaption>{title}</figcaption>");
        html.Add($"<blockquote class=\"splade-text\" dir=\"auto\" lang=\"\">");
        foreach (HighlightedText.Run run in text.Runs)
        {
            if (run.Highlight is Highlight highlight)
            {
                AddHighlight(html, text, highlight);
            }
            else
            {
                AddPlain(html, text, run.Span);
            }
        }

        html.Add($"</blockquote></figure>\n");
    }

    private static void AddHighlight(HtmlBuilder html, HighlightedText text, Highlight highlight)
    {
        string part = text.Text[highlight.Span.Start..highlight.Span.End];
        double intensity = text.Intensity(highlight);
        if (intensity > 0)
        {
            html.Add($"<mark ");
            html.AddPart($"splade-mark {HtmlParts.ClassOf(highlight.Origin)}", intensity, $"--splade-amount:{HtmlBuilder.Factor(intensity)}");
            html.Add($" title=\"{Title(highlight)}\">{part}</mark>");
        }
        else
        {
            html.Add($"<span class=\"splade-also\" title=\"stands here too\">{part}</span>");
        }
    }

    private static void AddPlain(HtmlBuilder html, HighlightedText text, TokenOffset span)
    {
        int end = Math.Clamp(text.ReadEnd, span.Start, span.End);
        html.Add($"{text.Text[span.Start..end]}");
        if (end < span.End)
        {
            html.Add($"<span class=\"splade-unread\" title=\"not read\">{text.Text[end..span.End]}</span>");
        }
    }

    private static string Title(Highlight highlight)
    {
        IEnumerable<string> terms = highlight.Terms
            .OrderByDescending(t => t.Amount)
            .Select(t => TermName.WithSign(t.Term.Origin, $"{TermName.Of(t.Term)} {Phrases.Weight(t.Amount)}"));
        return $"{Phrases.Weight(highlight.Amount)}: {Phrases.List(terms, TermsOfTitle)}";
    }
}
