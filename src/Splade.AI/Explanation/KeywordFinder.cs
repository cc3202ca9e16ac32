using System.Text;
using Splade.AI.Tokenization;

namespace Splade.AI.Explanation;

/// <summary>Finds the words in an explained query: those it has, and those that were added.</summary>
internal sealed class KeywordFinder(Tokenizer tokenizer, KeywordExpansionOptions options)
{
    public KeywordExpansion Find(TextExplanation query)
    {
        IEnumerable<ExpandedKeyword> keywords = Literal(query)
            .OrderByDescending(k => k.Weight)
            .DistinctBy(k => k.Text, StringComparer.OrdinalIgnoreCase);
        var found = keywords.ToList();
        var known = found.Select(k => k.Text).ToHashSet(StringComparer.OrdinalIgnoreCase);
        found.AddRange(Added(query).Where(k => known.Add(k.Text)).Take(options.MaxAdded));
        return new KeywordExpansion(query.Text, [.. found.OrderByDescending(k => k.Weight)], query.Truncated);
    }

    // A word without a weight is one that the model would not search by, such as "the".
    private static IEnumerable<ExpandedKeyword> Literal(TextExplanation query) => query.Words
        .Where(w => w.Weight > 0 && HasLetterOrDigit(w.Text))
        .Select(w => new ExpandedKeyword(w.Text, w.Weight, TermOrigin.Literal));

    private IEnumerable<ExpandedKeyword> Added(TextExplanation query) => query.Terms
        .Where(t => t.Origin is TermOrigin.Expansion or TermOrigin.Policy && t.Weight >= options.MinWeight && IsWord(t))
        .Select(t => new ExpandedKeyword(t.Text, t.Weight, t.Origin!.Value));

    // Pieces of words find nothing in an index of words. One letter of an alphabet is hardly ever a word that was meant.
    private bool IsWord(ExplainedTerm term) =>
        !tokenizer.IsSpecial(term.Id)
        && tokenizer.BeginsWord(term.Id)
        && HasLetterOrDigit(term.Text)
        && (term.Text.Length > 1 || !char.IsAscii(term.Text[0]));

    private static bool HasLetterOrDigit(string text) => text.EnumerateRunes().Any(Rune.IsLetterOrDigit);
}
