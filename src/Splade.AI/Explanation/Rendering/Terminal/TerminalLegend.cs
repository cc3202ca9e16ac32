using System.Text;

namespace Splade.AI.Explanation.Rendering.Terminal;

/// <summary>What the signs and the highlights of a report mean, on as many lines as it takes.</summary>
internal sealed class TerminalLegend(TerminalStyle style)
{
    private const string Gap = "   ";

    private readonly List<(string Text, Func<string, string> Paint)> _items = [];

    /// <summary>Says what the signs mean.</summary>
    /// <param name="hasSources">Whether the words that terms come from are shown.</param>
    /// <param name="hasPolicy">Whether there are terms that a policy added.</param>
    public void AddSigns(bool hasSources, bool hasPolicy)
    {
        _items.Add(($"{OriginMark.Literal} the text has the term", style.Of(TermOrigin.Literal)));
        _items.Add(($"{OriginMark.Expansion} the model added it{(hasSources ? " because of this word" : "")}", style.Of(TermOrigin.Expansion)));
        if (hasPolicy)
        {
            _items.Add(($"{OriginMark.Policy} the vocabulary policy added it", style.Of(TermOrigin.Policy)));
        }
    }

    /// <summary>Says what the highlights mean.</summary>
    /// <param name="amount">What a strong one has much of.</param>
    public void AddHighlights(string amount)
    {
        _items.Add(($"stronger highlight: {amount}", style.Muted));
        _items.Add(("underlined: another place of a literal term", style.Muted));
    }

    public void AppendTo(StringBuilder report, int width)
    {
        int cells = 0;
        foreach ((string text, Func<string, string> paint) in _items)
        {
            bool isFirst = cells == 0;
            bool fits = cells + Gap.Length + text.Length <= width;
            report.Append(isFirst ? "" : fits ? Gap : "\n").Append(paint(text));
            cells = (isFirst || !fits ? 0 : cells + Gap.Length) + text.Length;
        }

        report.Append('\n');
    }
}
