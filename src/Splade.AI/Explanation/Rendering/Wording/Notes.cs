using Splade.AI.Policy;

namespace Splade.AI.Explanation.Rendering.Wording;

/// <summary>What is to be said of a text beside its terms: words in pieces, and what a policy did.</summary>
internal static class Notes
{
    public const string BannedFromText = "Banned by the policy";
    public const string BannedFromQuery = "Banned from the query by the policy";
    public const string BannedFromDocument = "Banned from the document by the policy";
    public const string InPieces = "Words in pieces";
    public const string Unweighted = "Without weight";
    public const string Unmatched = "Query terms that the document lacks";

    /// <summary>The words of which each piece is a term of its own: each once, with its weight and those of its pieces.</summary>
    public static IEnumerable<string> Pieces(TextExplanation text) =>
        text.Words.Where(w => w.Parts.Count > 1 && w.Weight > 0).DistinctBy(w => w.Text).Select(Describe);

    /// <summary>Terms with their weights.</summary>
    public static IEnumerable<string> Weights(IEnumerable<ExplainedTerm> terms) => terms.Select(t => $"{TermName.Of(t)} {Phrases.Weight(t.Weight)}");

    /// <summary>What a policy did to a term; empty if nothing.</summary>
    public static string Policy(ExplainedTerm term) => string.Join(", ", term.PolicyEffects);

    /// <summary>The terms that were taken out of a text's vector, with the weights that they had; none if the text is not known.</summary>
    public static IEnumerable<string> Banned(TextExplanation? text) =>
        (text?.BannedTerms ?? []).Select((PolicyEffect e) => $"{e.Token} {Phrases.Weight(e.Before)}");

    /// <summary>Whether a policy added any of the terms.</summary>
    public static bool AddedAny(IEnumerable<ExplainedTerm> terms) => terms.Any(t => t.Origin == TermOrigin.Policy);

    /// <inheritdoc cref="AddedAny(IEnumerable{ExplainedTerm})"/>
    public static bool AddedAny(IEnumerable<MatchedTerm> terms) => AddedAny(terms.SelectMany(t => new[] { t.Query, t.Document }));

    private static string Describe(ExplainedWord word) =>
        $"{word.Text} {Phrases.Weight(word.Weight)} ({string.Join(" + ", word.Parts.Select(p => $"{TermName.Of(p)} {Phrases.Weight(p.Weight)}"))})";
}
