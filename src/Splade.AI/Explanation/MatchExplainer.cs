namespace Splade.AI.Explanation;

/// <summary>Explains the dot product of two vectors, term by term.</summary>
internal static class MatchExplainer
{
    private const string NothingMatched = "The query and the document have no term in common: the score is 0.";

    private const string ExpansionOnly =
        "The whole score rests on expansion: no term that the query and the document share stands in the texts of both.";

    /// <param name="query">The query.</param>
    /// <param name="document">The document.</param>
    /// <param name="top">How many terms are listed; null for all.</param>
    public static MatchExplanation Explain(ExplainedSide query, ExplainedSide document, int? top)
    {
        ExplainedTerm[] queryTerms = new TermExplainer(query).ExplainAll();
        ExplainedTerm[] documentTerms = new TermExplainer(document).ExplainAll();
        MatchedTerm[] matched = Match(queryTerms, documentTerms);
        ExplainedTerm[] unmatched = [.. queryTerms.ExceptBy(matched.Select(t => t.Id), t => t.Id)];
        double? expansion = query.Tokens is null || document.Tokens is null || matched.Length == 0
            ? null
            : matched.Where(t => t.RestsOnExpansion is true).Sum(t => t.Share);
        return new MatchExplanation
        {
            Score = query.Vector.Dot(document.Vector),
            Terms = [.. matched.Take(top ?? matched.Length)],
            TermCount = matched.Length,
            UnmatchedTerms = [.. unmatched.Take(top ?? unmatched.Length)],
            UnmatchedCount = unmatched.Length,
            ExpansionShare = expansion is double share ? Math.Min(share, 1) : null,
            Warning = matched.Length == 0 ? NothingMatched : Array.TrueForAll(matched, t => t.RestsOnExpansion is true) ? ExpansionOnly : null,
            Query = Alone(query, queryTerms),
            Document = Alone(document, documentTerms),
        };
    }

    private static TextExplanation? Alone(ExplainedSide side, ExplainedTerm[] terms) =>
        side.Tokens is null ? null : TextExplainer.Explain(side, terms, top: null);

    /// <summary>The terms of both, the largest contribution first, of equal ones the lower id first.</summary>
    private static MatchedTerm[] Match(ExplainedTerm[] query, ExplainedTerm[] document)
    {
        Dictionary<int, ExplainedTerm> inDocument = document.ToDictionary(t => t.Id);
        (ExplainedTerm Query, ExplainedTerm Document, double Contribution)[] shared =
        [
            .. query
                .Where(t => inDocument.ContainsKey(t.Id))
                .Select(t => (t, inDocument[t.Id], (double)t.Weight * inDocument[t.Id].Weight))
                .OrderByDescending(t => t.Item3).ThenBy(t => t.t.Id),
        ];
        double score = shared.Sum(t => t.Contribution);
        return Array.ConvertAll(shared, t => new MatchedTerm
        {
            Query = t.Query,
            Document = t.Document,
            Contribution = t.Contribution,
            Share = t.Contribution / score,
        });
    }
}
