using Splade.AI.Explanation.Rendering.Wording;

namespace Splade.AI.Explanation.Rendering.Html;

/// <summary>Tables of terms.</summary>
internal static class HtmlTable
{
    public static void Open(HtmlBuilder html, string caption, IEnumerable<(string Title, bool IsNumber)> columns)
    {
        // What scrolls must be reached by keys.
        html.Add($"<div class=\"splade-scroll\" role=\"group\" tabindex=\"0\" aria-label=\"{caption}\">");
        html.Add($"<table class=\"splade-table\"><caption>{caption}</caption>\n<thead><tr>");
        foreach ((string title, bool isNumber) in columns)
        {
            html.AddMarkup(isNumber ? "<th scope=\"col\" class=\"splade-number\">" : "<th scope=\"col\">");
            html.Add($"{title}</th>");
        }

        html.Add($"</tr></thead>\n<tbody>\n");
    }

    public static void Close(HtmlBuilder html) => html.Add($"</tfoot></table></div>\n");

    /// <summary>Ends the rows of terms and begins those of sums.</summary>
    public static void BeginSums(HtmlBuilder html) => html.Add($"</tbody>\n<tfoot>\n");

    public static void AddSum(HtmlBuilder html, string title, IEnumerable<string> numbers, int emptyCells)
    {
        html.Add($"<tr><th scope=\"row\">{title}</th>");
        foreach (string number in numbers)
        {
            AddNumber(html, number);
        }

        for (int i = 0; i < emptyCells; i++)
        {
            html.Add($"<td></td>");
        }

        CloseRow(html);
    }

    /// <summary>Begins a row with its term.</summary>
    public static void OpenRow(HtmlBuilder html, string name, string token, TermOrigin? origin) =>
        html.Add($"<tr class=\"{HtmlParts.ClassOf(origin)}\"><th scope=\"row\" title=\"{token}\"><bdi>{name}</bdi></th>");

    public static void CloseRow(HtmlBuilder html) => html.Add($"</tr>\n");

    public static void AddNumber(HtmlBuilder html, string number) => html.Add($"<td class=\"splade-number\">{number}</td>");

    /// <summary>A share, as a number and as a bar beside the largest.</summary>
    public static void AddShare(HtmlBuilder html, double share, double part)
    {
        html.Add($"<td class=\"splade-number\">{Phrases.Share(share)}</td>");
        html.Add($"<td class=\"splade-bar\" aria-hidden=\"true\"><span ");
        html.AddPart("", part, $"width:{HtmlBuilder.Percent(part)}");
        html.Add($"></span></td>");
    }

    /// <summary>Where a term comes from, and what a policy did to it.</summary>
    public static void AddSource(HtmlBuilder html, ExplainedTerm term, SourceWords? words)
    {
        if (words is null || term.Origin is not TermOrigin origin)
        {
            html.Add($"<td></td>");
            return;
        }

        html.Add($"<td class=\"splade-from\"><span class=\"splade-source {HtmlParts.ClassOf(origin)}\">");
        html.Add($"<span class=\"splade-origin\">{NameOf(origin)}</span>");
        AddNames(html, words.Names(term));
        html.Add($"</span>");
        string note = Notes.Policy(term);
        if (note.Length > 0)
        {
            html.Add($" <span class=\"splade-effect\"><bdi>{note}</bdi></span>");
        }

        html.Add($"</td>");
    }

    // Each word by itself: the numbers beside words of scripts that run from right to left stay in their places.
    private static void AddNames(HtmlBuilder html, IReadOnlyList<SourceWords.Name> names)
    {
        for (int i = 0; i < names.Count; i++)
        {
            html.AddMarkup(i > 0 ? ", " : " ");
            html.AddMarkup(names[i].IsWord ? "<bdi>" : "<span class=\"splade-none\">");
            html.Add($"{names[i].Text}");
            html.AddMarkup(names[i].IsWord ? "</bdi>" : "</span>");
            if (names[i].Activation is float activation)
            {
                html.Add($"&#160;{Phrases.Activation(activation)}");
            }
        }
    }

    private static string NameOf(TermOrigin origin) => origin switch
    {
        TermOrigin.Literal => "literal",
        TermOrigin.Expansion => "expansion",
        _ => "policy",
    };
}
