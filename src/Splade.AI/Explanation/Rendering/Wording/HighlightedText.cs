using Splade.AI.Tokenization;

namespace Splade.AI.Explanation.Rendering.Wording;

/// <summary>A text with its highlights: where its terms come from, and how much they count for.</summary>
/// <remarks>
/// A term is shown at the token that gave it most; where that is not known, a literal term is shown wherever it stands. Other places
/// of a literal term are marked without an amount, so that amounts add up. Tokens of one word are shown as the word.
/// </remarks>
internal sealed class HighlightedText
{
    private HighlightedText(string text, int readEnd, IReadOnlyList<Highlight> highlights)
    {
        Text = text;
        ReadEnd = readEnd;
        Runs = [.. Cut(text, highlights)];
        LargestAmount = highlights.Select(h => h.Amount).DefaultIfEmpty().Max();
    }

    public string Text { get; }

    /// <summary>Where the part of the text ends that was read.</summary>
    public int ReadEnd { get; }

    /// <summary>The whole text in parts, one after another.</summary>
    public IReadOnlyList<Run> Runs { get; }

    /// <summary>That of the strongest highlight; 0 if there is none.</summary>
    private double LargestAmount { get; }

    /// <summary>A text and what its vector is made of.</summary>
    public static HighlightedText Of(TextExplanation text) => Of(text, text.Terms.Select(t => new Highlight.Shown(t, t.Weight)));

    /// <summary>A text and what some of its terms count for.</summary>
    public static HighlightedText Of(TextExplanation text, IEnumerable<Highlight.Shown> terms)
    {
        var words = new SourceWords(text);
        var cutter = new TextElements(text.Text);
        var placed = new Dictionary<TokenOffset, List<Highlight.Shown>>();
        foreach (Highlight.Shown term in terms)
        {
            foreach (TokenOffset span in Sources(term.Term))
            {
                // Tokens of one word are one place.
                List<Highlight.Shown> there = At(span);
                if (there.LastOrDefault() != term)
                {
                    there.Add(term);
                }
            }

            foreach (TokenOffset span in term.Term.Occurrences)
            {
                At(span);
            }
        }

        int readEnd = text.Truncated ? cutter.Widen(new TokenOffset(0, text.Words.Select(w => w.Span.End).DefaultIfEmpty().Max())).End : text.Text.Length;
        return new HighlightedText(
            text.Text, readEnd, Merge(placed.Where(p => p.Key.End > p.Key.Start).Select(p => new Highlight(p.Key, p.Value))));

        List<Highlight.Shown> At(TokenOffset span)
        {
            TokenOffset whole = cutter.Widen(words.SpanAt(span));
            return placed.TryGetValue(whole, out List<Highlight.Shown>? known) ? known : placed[whole] = [];
        }
    }

    /// <summary>How strong a highlight is beside the strongest, from 0 to 1.</summary>
    public double Intensity(Highlight highlight) => LargestAmount > 0 ? highlight.Amount / LargestAmount : 0;

    private static IEnumerable<TokenOffset> Sources(ExplainedTerm term) => term.Source switch
    {
        { Span: TokenOffset span } => [span],
        null => term.Occurrences,
        _ => [],
    };

    private static List<Highlight> Merge(IEnumerable<Highlight> highlights)
    {
        var merged = new List<Highlight>();
        foreach (Highlight highlight in highlights.OrderBy(h => h.Span.Start).ThenBy(h => h.Span.End))
        {
            if (merged.Count > 0 && highlight.Span.Start < merged[^1].Span.End)
            {
                merged[^1] = merged[^1].With(highlight);
            }
            else
            {
                merged.Add(highlight);
            }
        }

        return merged;
    }

    private static IEnumerable<Run> Cut(string text, IEnumerable<Highlight> highlights)
    {
        int at = 0;
        foreach (Highlight highlight in highlights)
        {
            if (highlight.Span.Start > at)
            {
                yield return new Run(new TokenOffset(at, highlight.Span.Start), Highlight: null);
            }

            yield return new Run(highlight.Span, highlight);
            at = highlight.Span.End;
        }

        if (at < text.Length)
        {
            yield return new Run(new TokenOffset(at, text.Length), Highlight: null);
        }
    }

    /// <summary>A part of the text that is shown in one way.</summary>
    /// <param name="Span">The part, not empty.</param>
    /// <param name="Highlight">What is highlighted there, if anything.</param>
    internal sealed record Run(TokenOffset Span, Highlight? Highlight);
}
