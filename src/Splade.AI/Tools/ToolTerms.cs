using Splade.AI.Explanation;
using Splade.AI.Tokenization;

namespace Splade.AI.Tools;

/// <summary>Tells explained terms in few words and short numbers.</summary>
internal static class ToolTerms
{
    private const int Decimals = 3;

    /// <summary>What is told of a longer one is no longer a word, but room for somebody's sentence.</summary>
    private const int LongestWord = 40;

    /// <summary>A number rounded to three decimals, never minus zero.</summary>
    public static double Round(double value) => Math.Round(value, Decimals) + 0d;

    /// <summary>Why a text that is known by its vector matches, in brief.</summary>
    /// <remarks>A store may have texts that the engine would refuse to encode today: reasons are then from the beginning.</remarks>
    public static MatchExplanation ExplainBriefly(
        SpladeEngine engine, SparseVector query, SparseVector document, string queryText, string documentText, int top)
    {
        LongTextHandling? handling = engine.LongTextHandling == LongTextHandling.Throw ? LongTextHandling.Truncate : null;
        var options = new ExplanationOptions { Encoding = new SpladeEncodingOptions { LongTextHandling = handling }, Top = top };
        return engine.ExplainMatch(query, document, queryText, documentText, options);
    }

    /// <summary>Where the text has the most important term that stands in it; its beginning if it has none of them.</summary>
    public static int PlaceOf(MatchExplanation match) =>
        match.Terms.SelectMany(t => t.Document.Occurrences).Select(span => (TokenOffset?)span).FirstOrDefault()?.Start ?? 0;

    /// <summary>Terms of a text, each piece of a word with the word that it is of.</summary>
    public static IReadOnlyList<ToolTerm> Tell(IEnumerable<ExplainedTerm> terms, TextExplanation text)
    {
        Dictionary<int, string> words = WordsOfPieces(text);
        return [.. terms.Select(t => new ToolTerm
        {
            Term = UntrustedText.Clean(t.Text),
            Weight = Round(t.Weight),
            Literal = IsLiteral(t.Origin),
            PartOf = words.GetValueOrDefault(t.Id),
            Policy = TellPolicy(t),
        })];
    }

    /// <summary>Terms of a match with all that is known of them.</summary>
    public static IReadOnlyList<ToolMatch> Tell(MatchExplanation match) =>
        Tell(match, (told, t) => told with { QueryWeight = Round(t.Query.Weight), DocumentWeight = Round(t.Document.Weight), Share = Round(t.Share) });

    /// <summary>Terms of a match in brief.</summary>
    public static IReadOnlyList<ToolMatch> TellBriefly(MatchExplanation match) => Tell(match, static (told, _) => told);

    private static IReadOnlyList<ToolMatch> Tell(MatchExplanation match, Func<ToolMatch, MatchedTerm, ToolMatch> complete)
    {
        Dictionary<int, string> words = WordsOfPieces(match.Query, match.Document);
        return [.. match.Terms.Select(t => complete(
            new ToolMatch
            {
                Term = UntrustedText.Clean(t.Text),
                Contribution = Round(t.Contribution),
                Literal = IsLiteral(t.Origin),
                ExpandedBy = ExpandedBy(t),
                PartOf = words.GetValueOrDefault(t.Id),
                QueryPolicy = TellPolicy(t.Query),
                DocumentPolicy = TellPolicy(t.Document),
            },
            t))];
    }

    private static bool? IsLiteral(TermOrigin? origin) => origin is TermOrigin known ? known == TermOrigin.Literal : null;

    private static string? TellPolicy(ExplainedTerm term) => term.PolicyEffects.Count > 0 ? string.Join(", ", term.PolicyEffects) : null;

    private static string? ExpandedBy(MatchedTerm term) => (term.Query.Origin, term.Document.Origin) switch
    {
        (TermOrigin.Expansion, TermOrigin.Expansion) => "both",
        (TermOrigin.Expansion, _) => "query",
        (_, TermOrigin.Expansion) => "document",
        _ => null,
    };

    // By the id of the piece; of several words that have it, the first.
    private static Dictionary<int, string> WordsOfPieces(params ReadOnlySpan<TextExplanation?> texts)
    {
        var words = new Dictionary<int, string>();
        foreach (TextExplanation? text in texts)
        {
            foreach (ExplainedWord word in (text?.Words ?? []).Where(w => w.Parts.Count > 1 && w.Text.Length <= LongestWord))
            {
                foreach (ExplainedToken part in word.Parts)
                {
                    words.TryAdd(part.Id, UntrustedText.Clean(word.Text));
                }
            }
        }

        return words;
    }
}
