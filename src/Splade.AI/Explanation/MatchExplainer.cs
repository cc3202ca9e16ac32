namespace Splade.AI.Explanation;

/// <summary>Explains the dot product of two vectors, term by term.</summary>
internal static class MatchExplainer
{
    private const string NothingMatched = "The query and the document have no term in common: the score is 0.";

    /// <param name="query">The query.</param>
    /// <param name="document">The document.</param>
    /// <param name="top">How many terms are listed; null for all.</param>
    public static MatchExplanation Explain(ExplainedSide query, ExplainedSide document, int? top)
    {
        ExplainedTerm[] queryTerms = new TermExplainer(query).ExplainAll();
        ExplainedTerm[] documentTerms = new TermExplainer(document).ExplainAll();
        return Explain(
            query.Vector.Dot(document.Vector), queryTerms, documentTerms, Alone(query, queryTerms), Alone(document, documentTerms), top);
    }

    /// <summary>The explanation of two texts, all of whose terms are explained.</summary>
    public static MatchExplanation Explain(TextExplanation query, TextExplanation document, int? top) =>
        Explain(query.Vector.Dot(document.Vector), query.Terms, document.Terms, query, document, top);

    /// <summary>The explanation of a query and a document, each explained by itself.</summary>
    /// <param name="query">The query.</param>
    /// <param name="document">The document.</param>
    /// <param name="idf">What the weights of the query are multiplied by; null for nothing.</param>
    /// <param name="options">How they are encoded and what is told; null for the defaults.</param>
    /// <param name="explain">Explains a text whole: the text, its position for an error, and its options.</param>
    /// <exception cref="ArgumentException">A frequency is below 0, infinite or not a number.</exception>
    public static async Task<MatchExplanation> ExplainAsync(
        string query,
        string document,
        Func<int, double>? idf,
        ExplanationOptions? options,
        Func<string, int, ExplanationOptions, Task<TextExplanation>> explain)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(document);
        options = options?.Clone() ?? new ExplanationOptions();
        TextExplanation querySide = await explain(query, 0, Side(options.QueryEncoding, EmbeddingInputType.Query)).ConfigureAwait(false);
        TextExplanation documentSide = await explain(document, 1, Side(options.Encoding, EmbeddingInputType.Document)).ConfigureAwait(false);
        return Explain(idf is null ? querySide : QueryIdf.Multiply(querySide, idf), documentSide, options.Top);

        ExplanationOptions Side(SpladeEncodingOptions encoding, EmbeddingInputType inputType)
        {
            ExplanationOptions side = options.Clone();
            (side.Encoding, side.Top) = (encoding.Or(new SpladeEncodingOptions { InputType = inputType }), null);
            return side;
        }
    }

    private static MatchExplanation Explain(
        float score,
        IReadOnlyList<ExplainedTerm> queryTerms,
        IReadOnlyList<ExplainedTerm> documentTerms,
        TextExplanation? query,
        TextExplanation? document,
        int? top)
    {
        MatchedTerm[] matched = Match(queryTerms, documentTerms);
        ExplainedTerm[] unmatched = [.. queryTerms.ExceptBy(matched.Select(t => t.Id), t => t.Id)];
        bool hasShares = query is not null && document is not null && matched.Length > 0;
        return new MatchExplanation
        {
            Score = score,
            Terms = [.. matched.Take(top ?? matched.Length)],
            TermCount = matched.Length,
            UnmatchedTerms = [.. unmatched.Take(top ?? unmatched.Length)],
            UnmatchedCount = unmatched.Length,
            ExpansionShare = hasShares ? Share(matched, TermOrigin.Expansion) : null,
            PolicyShare = hasShares ? Share(matched, TermOrigin.Policy) : null,
            Warning = Warn(matched),
            Query = query,
            Document = document,
        };
    }

    // Rounding must not make it more than all.
    private static double Share(MatchedTerm[] matched, TermOrigin origin) => Math.Min(1, matched.Where(t => t.Origin == origin).Sum(t => t.Share));

    private static string? Warn(MatchedTerm[] matched)
    {
        if (matched.Length == 0)
        {
            return NothingMatched;
        }

        if (Array.Exists(matched, t => t.Origin is null or TermOrigin.Literal))
        {
            return null;
        }

        string grounds = Array.TrueForAll(matched, t => t.Origin == TermOrigin.Expansion) ? "expansion"
            : Array.TrueForAll(matched, t => t.Origin == TermOrigin.Policy) ? "the vocabulary policy"
            : "expansion and the vocabulary policy";
        return $"The whole score rests on {grounds}: no term that the query and the document share stands in the texts of both.";
    }

    private static TextExplanation? Alone(ExplainedSide side, ExplainedTerm[] terms) =>
        side.Tokens is null ? null : TextExplainer.Explain(side, terms, top: null);

    /// <summary>The terms of both, the largest contribution first, of equal ones the lower id first.</summary>
    private static MatchedTerm[] Match(IReadOnlyList<ExplainedTerm> query, IReadOnlyList<ExplainedTerm> document)
    {
        (ExplainedTerm Query, ExplainedTerm Document, double Contribution)[] shared =
        [
            .. query
                .Join(document, t => t.Id, t => t.Id, (q, d) => (Query: q, Document: d, Contribution: (double)q.Weight * d.Weight))
                .OrderByDescending(t => t.Contribution).ThenBy(t => t.Query.Id),
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
