using Splade.AI.Explanation.Rendering.Wording;

namespace Splade.AI.Explanation.Rendering.Html;

/// <summary>What the fragments on texts and on matches have in common.</summary>
internal static class HtmlParts
{
    public const string LiteralClass = "splade-literal";
    public const string ExpansionClass = "splade-expansion";
    public const string PolicyClass = "splade-policy";

    public static void Open(HtmlBuilder html, string title, string summary, IEnumerable<string> warnings)
    {
        html.Add($"<section class=\"splade-explanation\" lang=\"en\" aria-label=\"{title}\">\n");
        html.AddMarkup(html.InlineStyles ? $"<style>\n{HtmlStyle.Fragment}</style>\n" : "");
        html.Add($"<p class=\"splade-summary\">{summary}</p>\n");
        foreach (string warning in warnings)
        {
            html.Add($"<p class=\"splade-warning\" role=\"note\">{warning}</p>\n");
        }
    }

    public static void Close(HtmlBuilder html) => html.Add($"</section>\n");

    public static string ClassOf(TermOrigin? origin) => origin switch
    {
        TermOrigin.Literal => LiteralClass,
        TermOrigin.Expansion => ExpansionClass,
        TermOrigin.Policy => PolicyClass,
        _ => "splade-unknown",
    };

    /// <summary>How much is literal, expansion, and added by a policy, as a bar of as many parts; nothing, if there is nothing to share.</summary>
    public static void AddBalance(HtmlBuilder html, double literal, double expansion, double policy)
    {
        if (literal + expansion + policy == 0)
        {
            return;
        }

        string added = policy > 0 ? $", {Phrases.Share(policy)} policy" : "";
        string label = $"{Phrases.Share(literal)} literal, {Phrases.Share(expansion)} expansion{added}";
        html.Add($"<div class=\"splade-balance\" role=\"img\" aria-label=\"{label}\">");
        AddPart(html, LiteralClass, "literal", literal);
        AddPart(html, ExpansionClass, "expansion", expansion);
        AddPart(html, PolicyClass, "policy", policy);
        html.Add($"</div>\n");
    }

    /// <summary>Says what the colours and lines mean.</summary>
    /// <param name="html">Where it goes.</param>
    /// <param name="hasPolicy">Whether there are terms that a policy added.</param>
    /// <param name="amount">What a strong highlight has much of.</param>
    public static void AddLegend(HtmlBuilder html, bool hasPolicy, string amount)
    {
        html.Add($"<ul class=\"splade-legend\">");
        AddKey(html, $"splade-mark {LiteralClass}", "literal", "the text has the term");
        AddKey(html, $"splade-mark {ExpansionClass}", "expansion", "the model added it because of this word");
        AddKey(html, "splade-also", "also", "another place of a literal term");
        if (hasPolicy)
        {
            AddKey(html, $"splade-mark {PolicyClass}", "policy", "the vocabulary policy added the term");
        }

        html.Add($"<li>stronger colour: {amount}</li></ul>\n");
    }

    /// <summary>Appends a paragraph that lists something, if there is anything.</summary>
    /// <param name="html">Where it goes.</param>
    /// <param name="title">What is listed.</param>
    /// <param name="items">The items.</param>
    /// <param name="top">How many are named; null for all.</param>
    /// <param name="count">How many there are in all, if not all are in <paramref name="items"/>.</param>
    public static void AddList(HtmlBuilder html, string title, IEnumerable<string> items, int? top, int? count = null)
    {
        string list = Phrases.List(items, top, count);
        if (list.Length > 0)
        {
            html.Add($"<p class=\"splade-list\"><b>{title}:</b> <bdi>{list}</bdi></p>\n");
        }
    }

    private static void AddPart(HtmlBuilder html, string part, string name, double share)
    {
        if (share > 0)
        {
            html.Add($"<span ");
            html.AddPart(part, share, $"flex-grow:{HtmlBuilder.Factor(share)}");
            html.Add($">{name} {Phrases.Share(share)}</span>");
        }
    }

    private static void AddKey(HtmlBuilder html, string look, string name, string meaning)
    {
        html.Add($"<li><span ");
        html.AddPart(look, .7, "--splade-amount:.7");
        html.Add($">{name}</span> {meaning}</li>");
    }
}
